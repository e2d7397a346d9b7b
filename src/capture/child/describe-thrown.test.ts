import { expect, test } from 'vitest';
import { describeThrown } from './describe-thrown.ts';

const withStack = (property: PropertyDescriptor) =>
  Object.defineProperty(new Error('boom'), 'stack', property);
const refusing = (value: object) =>
  new Proxy(value, {
    get: () => {
      throw new Error('trap');
    },
    getPrototypeOf: () => {
      throw new Error('trap');
    },
  });

test.each([
  { what: 'a stack that is a number', thrown: withStack({ value: 42 }), says: /^Error: boom$/ },
  { what: 'no stack', thrown: withStack({ value: undefined }), says: /^Error: boom$/ },
  {
    what: 'a stack that throws',
    thrown: withStack({
      get: () => {
        throw new Error('never seen');
      },
    }),
    says: /^Error: boom$/,
  },
  {
    what: 'a message of several lines without a stack',
    thrown: Object.assign(new Error('a\nb'), { stack: null }),
    says: /^Error: a b$/,
  },
  { what: 'a stack', thrown: new RangeError('boom'), says: /^RangeError: boom\n {4}at / },
  { what: 'null', thrown: null, says: /^threw null, which is not an Error$/ },
  { what: 'undefined', thrown: undefined, says: /^threw undefined, which is not an Error$/ },
  { what: 'a symbol', thrown: Symbol('s'), says: /^threw Symbol\(s\), which is not an Error$/ },
  { what: 'text', thrown: 'some\ntext', says: /^threw "some\\ntext", which is not an Error$/ },
  {
    what: 'an object that will not be text',
    thrown: {
      code: 7,
      toString() {
        throw new Error('never seen');
      },
    },
    says: /^threw \{ code: 7, toString: \[Function: toString\] \}, which is not an Error$/,
  },
  { what: 'no prototype', thrown: Object.create(null), says: /^threw \[Object: null prototype\] \{\}/ },
  { what: 'a proxy that refuses', thrown: refusing({ a: 1 }), says: /^threw .*which is not an Error$/ },
  {
    what: 'a proxy of an error',
    thrown: refusing(new Error('boom')),
    says: /^threw Error: boom [^\n]*$/,
  },
  { what: 'what is very long', thrown: 'x'.repeat(1e6), says: /^threw "x{200,300}…$/ },
])('$what', ({ thrown, says }) => {
  expect(describeThrown(thrown)).toMatch(says);
});
