import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { assembled } from '../../tests/support/assembled.ts';
import { seededRandom } from '../base/random.ts';
import { type PlainKernel, takeKernel } from './plain-kernel.ts';
import { PLAIN_KERNEL } from './plain-kernel-code.ts';

function kernelWith(text: string): PlainKernel {
  const kernel = takeKernel();
  if (kernel === null) throw new Error('there is no WebAssembly');
  kernel.window.set(Buffer.from(text, 'latin1'));
  return kernel;
}

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
const OTHER = FRAME.replace('-1', '17');

describe('nodes', () => {
  /** Rows of id, function and callees, from row 10 on; what was left. */
  function read(text: string, end = text.length): { nodes: number[][]; rest: string } {
    const kernel = kernelWith(text);
    for (const [at, frame] of [FRAME, OTHER].entries()) {
      const start = text.indexOf(frame);
      if (start >= 0) kernel.keep(start, start + frame.length, 70 + at);
    }
    const last = kernel.readNodes(0, end, 10);
    const { nodeCount, linkCount, ids, functions, callers, callees } = kernel;
    const links = Array.from({ length: linkCount }, (_, link) => ({
      caller: callers[link] ?? 0,
      callee: callees[link] ?? 0,
    }));
    const nodes = Array.from({ length: nodeCount }, (_, row) => [
      ids[row] ?? 0,
      functions[row] ?? 0,
      ...links.filter(({ caller }) => caller === 10 + row).map(({ callee }) => callee),
    ]);
    kernel.forget();
    return { nodes, rest: text.slice(last + 1) };
  }

  const one = `{"id":1,"callFrame":${FRAME},"hitCount":0,"children":[2,33]}`;
  const full = `{"id":12345678,"callFrame":${OTHER},"hitCount":12,"children":[4],"deoptReason":"not a \xe9","positionTicks":[{"line":1,"ticks":2},{"line":30,"ticks":1}]}`;
  const least = `{"id":0,"callFrame":${FRAME}}`;

  test('as V8 writes them, one behind the other', () =>
    expect(read(`${one},${full},${least},${one}]`)).toEqual({
      nodes: [
        [1, 70, 2, 33],
        [12_345_678, 71, 4],
        [0, 70],
        [1, 70, 2, 33],
      ],
      rest: ']',
    }));

  test('are read only where they are there whole', () => {
    for (let end = 0; end < full.length; end += 1) expect(read(full, end).nodes).toEqual([]);
    expect(read(full).nodes).toHaveLength(1);
  });

  test.each([
    one.replace('{"id":1', '{"id":01'),
    one.replace('{"id":1', '{"id":123456789'),
    one.replace('{"id":1', '{"id":1.5'),
    one.replace('{"id":1', '{"id":-1'),
    one.replace('{"id":1', '{"id": 1'),
    one.replace('"callFrame"', '"callframe"'),
    one.replace('callFrame":{', 'callFrame": {'),
    one.replace('"f"', '"g"'),
    one.replace('[2,33]', '[]'),
    one.replace('[2,33]', '[2,33'),
    one.replace('[2,33]', '[2,,33]'),
    one.replace('[2,33]', '[2,33,]'),
    one.replace('"hitCount":0', '"hitCount":'),
    one.replace('"hitCount"', '"hitcount"'),
    one.replace('}', ',"parent":1}'),
    full.replace('not a', 'not\\n a'),
    full.replace('not a', 'not\n a'),
    full.replace('"ticks":2', '"ticks":2,"x":1'),
    full.replace('},{"line":30', '},,{"line":30'),
    full.replace('{"line":1', '{"line":"1"'),
    full.replace('2},{', '2}},{'),
  ])('of another form are left: %s', (odd) => {
    const known = `${least},${full.replace('12345678', '5')}`;
    const text = `${known},${odd}`;
    expect(read(text)).toEqual({
      nodes: [
        [0, 70],
        [5, 71, 4],
      ],
      rest: `,${odd}`,
    });
  });

  describe('of a trace', () => {
    const traced = `{"callFrame":${OTHER},"id":7,"parent":12345678}`;
    const root = `{"callFrame":${FRAME},"id":1}`;

    test('name their callers', () => {
      const kernel = kernelWith(`${root},${traced},${root},${traced}`);
      kernel.keep(13, 13 + FRAME.length, 70);
      const other = root.length + 14;
      kernel.keep(other, other + OTHER.length, 71);
      kernel.readNodes(0, 2 * (root.length + traced.length) + 3, 10);
      const { nodeCount, linkCount, parentCount } = kernel;
      expect({ nodeCount, linkCount, parentCount }).toEqual({ nodeCount: 4, linkCount: 0, parentCount: 2 });
      expect([...kernel.ids.subarray(0, 4)]).toEqual([1, 7, 1, 7]);
      expect([...kernel.functions.subarray(0, 4)]).toEqual([70, 71, 70, 71]);
      expect([...kernel.called.subarray(0, 2)]).toEqual([11, 13]);
      expect([...kernel.parents.subarray(0, 2)]).toEqual([12_345_678, 12_345_678]);
    });

    test('are read only where they are there whole', () => {
      for (let end = 0; end < traced.length; end += 1) expect(read(traced, end).nodes).toEqual([]);
      expect(read(traced).nodes).toEqual([[7, 71]]);
    });

    test.each([
      traced.replace('"id":7', '"id":07'),
      traced.replace('"id"', '"ix"'),
      traced.replace('"parent":1', '"parent":-1'),
      traced.replace('"parent"', '"parens"'),
      traced.replace('}', '},"children":[1]'),
    ])('of another form are left: %s', (odd) =>
      expect(read(`${root},${odd}`)).toEqual({ nodes: [[1, 70]], rest: `,${odd}` }),
    );
  });

  test('with more callees than there is room for are left', () => {
    const callees = Array.from({ length: 5000 }, (_, index) => index);
    const many = one.replace('[2,33]', `[${callees.join(',')}]`);
    const { nodes, rest } = read(`${many},${many}`);
    expect(nodes).toEqual([[1, 70, ...callees]]);
    expect(rest).toBe(`,${many}`);
    expect(read(many.replace('[0', `[${callees.join(',')},0`)).nodes).toEqual([]);
  });
});

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
