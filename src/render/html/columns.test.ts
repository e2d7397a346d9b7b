import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VarintReader, writeVarints } from './columns.ts';

const written = (values: readonly number[]): number[] => {
  const bytes: number[] = [];
  writeVarints(values, bytes);
  return bytes;
};

test.each([
  { value: 0, bytes: [0] },
  { value: -1, bytes: [1] },
  { value: 63, bytes: [126] },
  { value: 64, bytes: [128, 1] },
  { value: -64, bytes: [127] },
  { value: 8192, bytes: [128, 128, 1] },
])('$value is $bytes', ({ value, bytes }) => {
  expect(written([value])).toEqual(bytes);
});

test('what is written is read again, beyond 32 bits too', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** 51), max: 2 ** 51 })), (values) => {
      const reader = new VarintReader(Uint8Array.from(written(values)));
      expect(values.map(() => reader.next() + 0)).toEqual(values.map((value) => value + 0));
    }),
  );
});

test('bytes that end too early are an error, not zeros', () => {
  const reader = new VarintReader(Uint8Array.from([128]));
  expect(() => reader.next()).toThrow('the recording ends too early');
});
