import { describe, expect, test } from 'vitest';
import { kernelWith } from '../../tests/support/kernel-with.ts';

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
