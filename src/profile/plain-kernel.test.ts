import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { assembled } from '../../tests/support/assembled.ts';
import { kernelWith } from '../../tests/support/kernel-with.ts';
import { seededRandom } from '../base/random.ts';
import { PLAIN_KERNEL } from './plain-kernel-code.ts';

test('its code is what its source says', async () =>
  expect(PLAIN_KERNEL).toBe(await assembled(fileURLToPath(new URL('plain-kernel.wat', import.meta.url)))));

describe('whole numbers', () => {
  /** What is read of a text, with room behind it as in a document; the rest of the text as it was left. */
  function read(text: string): { numbers: number[]; rest: string } {
    const kernel = kernelWith(text);
    const count = kernel.readIntegers(0, text.length + 16, false);
    return { numbers: [...kernel.numbers.subarray(0, count)], rest: text.slice(kernel.position) };
  }

  test('of up to 7 digits, with their commas', () => {
    const random = seededRandom(3);
    const numbers = Array.from({ length: 4000 }, (_, index) => {
      const digits = 1 + (index % 7);
      return (random() < 0.2 ? -1 : 1) * Math.floor(random() * 10 ** digits);
    }).map((number) => number || 0);
    for (const between of [',', ',\n  ']) expect(read(`${numbers.join(between)},`).numbers).toEqual(numbers);
  });

  test('go on where there is no more room for them', () => {
    const text = '1,'.repeat(5000);
    expect(read(text)).toEqual({ numbers: new Array(4096).fill(1), rest: '1,'.repeat(904) });
  });

  test.each([
    '12345678,',
    '123456789,',
    '1.5,',
    '01,',
    '-,',
    '7]',
    '1e3,',
    '"1",',
    'null,',
    '7 ,',
    '--1,',
    '-01,',
  ])('end before %s', (odd) =>
    expect(read(`1,-20,${odd}5,`)).toEqual({ numbers: [1, -20], rest: `${odd}5,` }),
  );
});

const FRAME = '{"functionName":"f","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1}';

describe('objects that come again', () => {
  test('are told from one another, as many as are kept', () => {
    const frames = Array.from({ length: 33_000 }, (_, index) => FRAME.replace('"f"', `"f${index}"`));
    const kernel = kernelWith('');
    const put = (frame: string) => {
      kernel.window.set(Buffer.from(frame));
      return frame.length;
    };
    for (const [index, frame] of frames.entries()) kernel.keep(0, put(frame), index);
    const found = frames.map((frame) =>
      kernel.recall(0, put(frame)) === frame.length - 1 ? kernel.recalled : -1,
    );
    expect(found).toEqual(frames.map((_, index) => (index < 32_768 ? index : -1)));
    kernel.forget();
    expect(kernel.recall(0, put(FRAME.replace('"f"', '"f1"')))).toBe(-1);
  });

  test('that have a brace in a text are not kept', () => {
    const odd = FRAME.replace('"f"', '"f}"');
    const kernel = kernelWith(odd);
    kernel.keep(0, odd.length, 3);
    expect(kernel.recall(0, odd.length)).toBe(-1);
  });
});

test('what stands in the window stays when it grows', () => {
  const kernel = kernelWith('12,13,');
  const before = kernel.window.length;
  kernel.grow(before + 1);
  expect(kernel.window.length).toBeGreaterThanOrEqual(2 * before);
  kernel.window.set(Buffer.from('14,'), 6);
  expect(kernel.readIntegers(0, kernel.window.length, false)).toBe(3);
  expect([...kernel.numbers.subarray(0, 3)]).toEqual([12, 13, 14]);
});
