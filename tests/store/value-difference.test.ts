import { generateKeyPairSync } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashValue } from '../../src/capture/child/value/canonical.ts';
import { describedValue } from '../../src/capture/child/value/described.ts';
import { valueDifference } from '../../src/store/value-difference.ts';
import { project } from '../support/outpace.ts';

async function differenceOf(before: unknown, after: unknown) {
  const root = await project({});
  const files = [join(root, 'before'), join(root, 'after')] as const;
  await pipeline(Readable.from(describedValue(before)), createWriteStream(files[0]));
  await pipeline(Readable.from(describedValue(after)), createWriteStream(files[1]));
  return valueDifference(...files);
}

class Point {
  x = 1;
}
const long = (middle: string) => `${'a'.repeat(2_000_000)}${middle}${'b'.repeat(50)}`;
const chain = (depth: number, end: unknown) => {
  let value = end;
  for (let index = 0; index < depth; index += 1) value = { next: value };
  return value;
};
const family = (child: string) => {
  const parent = { name: 'p', children: [{}, {}] };
  parent.children = [
    { parent, name: 'a' },
    { parent, name: child },
  ];
  return parent;
};
const keys = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey] as const;

test.each<[string, unknown, unknown, { path: string; before: string; after: string }]>([
  ['numbers', 1, 2, { path: '$', before: '1', after: '2' }],
  ['undefined and null', undefined, null, { path: '$', before: 'undefined', after: 'null' }],
  ['a part', { a: [0, { b: -0 }] }, { a: [0, { b: 0 }] }, { path: '$.a[1].b', before: '-0', after: '0' }],
  [
    'a part of many',
    { a: 1, 'b c': { d: '1' } },
    { a: 1, 'b c': { d: 1 } },
    { path: '$["b c"].d', before: '"1"', after: '1' },
  ],
  ['a missing key', { a: 1, b: 2 }, { b: 2 }, { path: '$.a', before: '1', after: 'nothing' }],
  [
    'another key',
    { b: 2 },
    { b: 2, c: { d: 1 } },
    { path: '$.c', before: 'nothing', after: 'Object { d: 1 }' },
  ],
  ['lengths', [1, 2], [1, 2, 3], { path: '$', before: 'Array of length 2', after: 'Array of length 3' }],
  ['classes', [new Point()], [{ x: 1 }], { path: '$[0]', before: 'Point', after: 'Object' }],
  [
    'an object and a number',
    { a: { b: 1 } },
    { a: 1 },
    { path: '$.a', before: 'Object { b: 1 }', after: '1' },
  ],
  [
    'values of a Map',
    new Map([['k', { a: 1 }]]),
    new Map([['k', { a: 2 }]]),
    { path: '$.get("k").a', before: '1', after: '2' },
  ],
  [
    'keys of a Map',
    new Map([['k', 1]]),
    new Map([['l', 1]]),
    { path: '$.get("k")', before: '1', after: 'nothing' },
  ],
  [
    'members of a Set',
    [new Set([1, 2])],
    [new Set([1, 3])],
    { path: '$[0]', before: 'also 2', after: 'not' },
  ],
  [
    'dates',
    new Date(0),
    new Date(1),
    { path: '$', before: 'Date 1970-01-01T00:00:00.000Z', after: 'Date 1970-01-01T00:00:00.001Z' },
  ],
  [
    'elements',
    { a: Float64Array.of(1, 2, 3) },
    { a: Float64Array.of(1, 2.5, 3) },
    { path: '$.a[1]', before: '2', after: '2.5' },
  ],
  [
    'sizes',
    { a: new ArrayBuffer(3) },
    { a: new ArrayBuffer(4) },
    { path: '$.a', before: '3 bytes', after: '4 bytes' },
  ],
  [
    'bytes',
    [new DataView(Uint8Array.of(1, 2).buffer)],
    [new DataView(Uint8Array.of(1, 3).buffer)],
    { path: '$[0]', before: '02 from byte 1 on', after: '03 from byte 1 on' },
  ],
  [
    'causes',
    new Error('a', { cause: { b: 1 } }),
    new Error('a', { cause: { b: 2 } }),
    { path: '$.cause.b', before: '1', after: '2' },
  ],
  ['control characters', ['\u001b[1m'], ['\n'], { path: '$[0]', before: '"\\u001b[1m"', after: '"\\n"' }],
  [
    'long texts',
    [long('1')],
    [long('2')],
    {
      path: '$[0]',
      before: `…${'a'.repeat(24)}1${'b'.repeat(50)}"`,
      after: `…${'a'.repeat(24)}2${'b'.repeat(50)}"`,
    },
  ],
  ['cycles', family('b'), family('c'), { path: '$.children[1].name', before: '"b"', after: '"c"' }],
  [
    'what is there twice',
    [chain(9, 1), chain(9, 1)],
    [chain(9, 1), chain(9, 2)],
    { path: `$[1]${'.next'.repeat(9)}`, before: '1', after: '2' },
  ],
])('%s', async (_, before, after, difference) => {
  expect(await differenceOf(before, after)).toEqual(difference);
  expect(await differenceOf(after, before)).toEqual({
    ...difference,
    before: difference.after,
    after: difference.before,
  });
  expect(await differenceOf(before, before)).toBeNull();
});

test('a path of 100,000 steps is shortened', async () => {
  const found = await differenceOf(chain(100_000, 1), chain(100_000, 2));
  expect(found).toEqual({
    path: `$${'.next'.repeat(16)}…(99968 more)…${'.next'.repeat(16)}`,
    before: '1',
    after: '2',
  });
});

test('keys show no more than that they differ', async () => {
  const found = await differenceOf({ a: keys[0] }, { a: keys[1] });
  expect(found?.path).toBe('$.a');
  expect(found?.before).toMatch(/^bytes with the sha256 /);
});

test('there is a difference exactly if hashes differ', async () => {
  const value = fc.anything({
    withMap: true,
    withSet: true,
    withDate: true,
    withTypedArray: true,
    withSparseArray: true,
  });
  await fc.assert(
    fc.asyncProperty(value, value, async (before, after) => {
      const hashes = [await hashValue(before), await hashValue(after)].map(({ sha256 }) => sha256);
      expect((await differenceOf(before, after)) === null).toBe(hashes[0] === hashes[1]);
    }),
    { seed: 1, numRuns: 100 },
  );
});
