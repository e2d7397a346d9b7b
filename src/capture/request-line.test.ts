import { deserialize } from 'node:v8';
import { expect, test } from 'vitest';
import { requestLine } from './request-line.ts';

const shared = { a: 1 };
const asked = (input: Record<string, unknown>) => ({
  ...{ entry: '/job.mjs', input, pass: { kind: 'timing' }, shutdownMs: 50, lineStart: 'x ' },
  pass: { kind: 'timing' } as const,
});

test.each([
  {
    what: 'plain values',
    input: { users: 10, name: 'Göttingen\n', list: [1, null, [true]], deep: { x: 0.5 } },
  },
  { what: 'nothing', input: {} },
])('$what are JSON on one line', ({ input }) => {
  const line = requestLine(asked(input));
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual(asked(input));
});

test.each([
  { what: 'a date', input: { at: new Date(0) } },
  { what: 'minus zero', input: { x: -0 } },
  { what: 'no number', input: { x: Number.NaN } },
  { what: 'undefined', input: { x: undefined } },
  { what: 'a map', input: { x: new Map([[1, 2]]) } },
  { what: 'bytes', input: { x: new Uint8Array([1, 2]) } },
  // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
  { what: 'a hole', input: { x: [1, , 3] } },
  { what: 'a property of a list', input: { x: Object.assign([1], { y: 2 }) } },
  { what: 'one object in two places', input: { x: shared, y: shared } },
  { what: 'bigint', input: { x: 1n } },
])('$what: as structured clone has it', ({ input }) => {
  const line = requestLine(asked(input));
  expect(line).not.toMatch(/^\{/);
  expect(deserialize(Buffer.from(line, 'base64'))).toEqual(asked(input));
});

test('an object that is in two places is one afterwards', () => {
  const { input } = deserialize(Buffer.from(requestLine(asked({ x: shared, y: shared })), 'base64'));
  expect(input.x).toBe(input.y);
});

test('a function is refused', () => {
  expect(() => requestLine(asked({ x: () => 1 }))).toThrow(/the input cannot be given to another process/);
});
