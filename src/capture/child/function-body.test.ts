import { expect, test } from 'vitest';
import { bodyHash } from './function-body.ts';

const FIB = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }';

test.each([
  { why: 'another name', text: FIB.replaceAll('fib', 'fibonacci'), name: 'fibonacci' },
  { why: 'other white space', text: FIB.replaceAll(' ', '\n  '), name: 'fib' },
  { why: 'a method', text: FIB.replace('function ', '').replaceAll('fib', '$f'), name: '$f' },
])('the same body under $why', ({ text, name }) => expect(bodyHash(text, name)).toBe(bodyHash(FIB, 'fib')));

test.each([
  { why: 'another body', text: FIB.replace('n < 2', 'n < 3'), name: 'fib' },
  { why: 'other parameters', text: FIB.replace('(n)', '(m)'), name: 'fib' },
  {
    why: 'a call of another function whose name holds its own',
    text: FIB.replace('fib(n - 1)', 'fibs(n - 1)'),
    name: 'fib',
  },
])('$why is another', ({ text, name }) => expect(bodyHash(text, name)).not.toBe(bodyHash(FIB, 'fib')));

test('one that many are like is none', () => {
  expect(bodyHash('() => {}', '')).toBeNull();
  expect(bodyHash('x => x + 1 + 2 + 3 + 4 + 5 + 6', '')).toBeNull();
});
