import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { readPlainIntegers } from './plain-integers.ts';

/** What is read of a text, with room behind it as in a window; the rest of the text as it was left. */
function read(text: string): { numbers: number[]; rest: string } {
  const bytes = Buffer.alloc(text.length + 16);
  bytes.write(text, 'latin1');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const run = { position: 0, count: 0 };
  const out = new Int32Array(1000);
  readPlainIntegers(bytes, view, { run, end: bytes.length, out });
  return { numbers: [...out.subarray(0, run.count)], rest: text.slice(run.position) };
}

test('whole numbers of up to 7 digits, with their commas', () => {
  const random = seededRandom(3);
  const numbers = Array.from({ length: 900 }, (_, index) => {
    const digits = 1 + (index % 7);
    return (random() < 0.2 ? -1 : 1) * Math.floor(random() * 10 ** digits);
  }).map((number) => number || 0);
  for (const between of [',', ',\n  ']) expect(read(`${numbers.join(between)},`).numbers).toEqual(numbers);
});

test.each(['12345678,', '1.5,', '01,', '-,', '7]', '1e3,', '"1",', 'null,', '7 ,', '--1,'])(
  'it stops before %s',
  (odd) => expect(read(`1,-20,${odd}5,`)).toEqual({ numbers: [1, -20], rest: `${odd}5,` }),
);
