import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartText } from '../../../../../tests/support/chart-text.ts';
import { drawnRecording, recordingOf } from '../../../../../tests/support/drawn-recording.ts';
import { functionTotals } from '../../../../profile/function-totals.ts';
import { parseCpuProfile } from '../../../../profile/parse-cpu-profile.ts';
import type { PageRecording, PageWindow } from '../../model.ts';
import { nodeSelfMs } from '../../self-times.ts';
import { depthsOf, mergeTrees, sumWeights, totalsOf } from './call-tree.ts';
import { boxAt, type Chart, type Direction, neighbour, rootOf } from './chart.ts';
import { functionsOf } from './functions.ts';
import { leftHeavy } from './left-heavy.ts';
import { sampleOrder, timeOrder } from './time-order.ts';

function charted({ frames, threads, runMs }: PageRecording, window: PageWindow | null = null) {
  const { ofFrames } = functionsOf({ before: { frames, threads, runMs }, after: null });
  const tree = mergeTrees(
    threads.map(({ nodeParents, nodeFrames }) => ({
      parents: nodeParents,
      functions: nodeFrames.map((frame) => ofFrames.before[frame] ?? -1),
    })),
  );
  const selfs = sumWeights(
    tree,
    threads.map((thread) => nodeSelfMs(thread, window)),
  );
  const totals = totalsOf(tree, selfs);
  const nameOf = (node: number) => frames[tree.functions[node] ?? -1]?.name ?? '?';
  const [thread] = threads;
  const [nodesOf] = tree.nodesOf;
  if (thread === undefined || nodesOf === undefined) throw new Error('nothing was drawn');
  const inOrder = timeOrder(sampleOrder(tree, nodesOf, thread), window);
  return { tree, selfs, totals, nameOf, heavy: leftHeavy(tree, totals), inOrder };
}

const PICTURE = `
  main  main  main  main  main  (idle)  main
  parse sort  parse parse .     .       parse
  read  .     scan  read  .     .       read
`;

test('left-heavy: the same stacks are one box, the heaviest first', () => {
  const { heavy, nameOf } = charted(drawnRecording(PICTURE));
  expect(chartText(heavy, nameOf)).toEqual([
    '(root) 0..7',
    'main 0..6 | (idle) 6..7',
    'parse 0..4 | sort 4..5',
    'read 0..3 | scan 3..4',
  ]);
});

test('in time order what follows one another is one box as far as the stacks agree', () => {
  const { inOrder, nameOf } = charted(drawnRecording(PICTURE));
  expect(chartText(inOrder, nameOf)).toEqual([
    '(root) 0..7',
    'main 0..5 | (idle) 5..6 | main 6..7',
    'parse 0..1 | sort 1..2 | parse 2..4 | parse 6..7',
    'read 0..1 | scan 2..3 | read 3..4 | read 6..7',
  ]);
});

test('a brushed window clips the first and the last sample', () => {
  const { inOrder, heavy, nameOf } = charted(drawnRecording(PICTURE), { startMs: 0.25, endMs: 3.5 });
  expect(chartText(inOrder, nameOf)).toEqual([
    '(root) 0.25..3.5',
    'main 0.25..3.5',
    'parse 0.25..1 | sort 1..2 | parse 2..3.5',
    'read 0.25..1 | scan 2..3 | read 3..3.5',
  ]);
  expect(chartText(heavy, nameOf)).toEqual([
    '(root) 0..3.25',
    'main 0..3.25',
    'parse 0..2.25 | sort 2.25..3.25',
    'read 0..1.25 | scan 1.25..2.25',
  ]);
});

test.each([
  { what: 'before the first sample', window: { startMs: -2, endMs: -1 } },
  { what: 'after the last one', window: { startMs: 9, endMs: 12 } },
])('a window $what shows nothing', ({ window }) => {
  const { inOrder, heavy } = charted(drawnRecording(PICTURE), window);
  expect([inOrder.rows, heavy.rows]).toEqual([0, 0]);
  expect(rootOf(heavy)).toBeNull();
});

test('a thread that began late has nothing where it was not', () => {
  const recording = drawnRecording('a a\nb c');
  const [thread] = recording.threads;
  if (thread === undefined) throw new Error('nothing was drawn');
  const late = { ...thread, startMs: 3, endMs: 9, sampleStartMs: Float64Array.of(5, 7), lastSampleEndMs: 8 };
  const { inOrder, nameOf } = charted({ ...recording, threads: [late] });
  expect([inOrder.startMs, inOrder.endMs]).toEqual([3, 9]);
  expect(chartText(inOrder, nameOf)).toEqual(['(root) 5..8', 'a 5..8', 'b 5..7 | c 7..8']);
  expect(boxAt(inOrder, 1, 4)).toBeNull();
  expect(boxAt(inOrder, 1, 8.5)).toBeNull();
});

test('threads are merged by function, each weighing what it weighs', () => {
  const { heavy, nameOf } = charted(drawnRecording('a a b\nx y .', 'b a\n. y'));
  expect(chartText(heavy, nameOf)).toEqual(['(root) 0..5', 'a 0..3 | b 3..5', 'y 0..2 | x 2..3']);
});

test.each([
  { way: ['child', 'child', 'child'], to: 'read 0..3' },
  { way: ['child', 'next'], to: '(idle) 6..7' },
  { way: ['child', 'next', 'previous'], to: 'main 0..6' },
  { way: ['child', 'child', 'next', 'parent'], to: 'main 0..6' },
  { way: ['child', 'child', 'next', 'child'], to: 'none' },
  { way: ['child', 'next', 'next'], to: 'none' },
  { way: ['parent'], to: 'none' },
  { way: ['previous'], to: 'none' },
] as const)('from the root $way is $to', ({ way, to }) => {
  const { heavy, nameOf } = charted(drawnRecording(PICTURE));
  const found = (way as readonly Direction[]).reduce(
    (box: ReturnType<typeof rootOf>, step) => (box === null ? null : neighbour(heavy, box, step)),
    rootOf(heavy),
  );
  expect(found === null ? 'none' : `${nameOf(found.node)} ${found.startMs}..${found.endMs}`).toBe(to);
});

/** Trees of few names, samples at any times, a thread or two. */
const recorded = fc
  .array(
    fc.record({
      picks: fc.array(fc.record({ parent: fc.nat(), name: fc.constantFrom('a', 'b', 'c') }), {
        maxLength: 25,
      }),
      samples: fc.array(fc.record({ node: fc.nat(), gapUs: fc.nat(2000) }), { minLength: 1, maxLength: 60 }),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((threads) =>
    threads.map(({ picks, samples }) => {
      const nodes = [{ name: '(root)', parent: 0 }, ...picks];
      const raw = {
        nodes: nodes.map(({ name }, index) => ({
          id: index,
          callFrame: {
            functionName: name,
            url: index === 0 ? '' : 'file:///job.ts',
            lineNumber: 0,
            columnNumber: 0,
          },
          children: nodes.flatMap(({ parent }, child) =>
            child > 0 && parent % child === index ? [child] : [],
          ),
        })),
        samples: samples.map(({ node }) => node % nodes.length),
        timeDeltas: samples.map(({ gapUs }) => gapUs),
        startTime: 0,
        endTime: samples.reduce((sum, { gapUs }) => sum + gapUs, 500),
      };
      return parseCpuProfile(raw, 'generated');
    }),
  );
const windows = fc.option(
  fc.record({ startUs: fc.nat(30_000), lengthUs: fc.integer({ min: 1, max: 40_000 }) }),
);

/** Of each function what its boxes span, those under a box of the same function left out. */
function spans(chart: Chart, nameOf: (node: number) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (let row = 0; row < chart.rows; row += 1) {
    for (let atMs = chart.startMs; ; ) {
      const key = chart.firstAfter(row, atMs);
      if (key < 0) break;
      const [startMs, endMs] = [chart.startOf(row, key), chart.endOf(row, key)];
      const name = nameOf(chart.nodeOf(row, key));
      const above = Array.from({ length: row }, (_, up) => boxAt(chart, up, (startMs + endMs) / 2));
      if (!above.some((box) => box !== null && nameOf(box.node) === name)) {
        sums.set(name, (sums.get(name) ?? 0) + endMs - startMs);
      }
      atMs = endMs;
    }
  }
  return sums;
}

test('what the boxes of a function span is its total as the reports have it', () => {
  fc.assert(
    fc.property(recorded, windows, (profiles, windowUs) => {
      const { startUs, lengthUs } = windowUs ?? { startUs: 0, lengthUs: 1e9 };
      const window = { startUs, endUs: startUs + lengthUs };
      const expected = new Map<string, number>();
      for (const profile of profiles) {
        for (const { frame, totalUs } of functionTotals(profile, window, () => false).functions) {
          expected.set(frame.name, (expected.get(frame.name) ?? 0) + totalUs / 1000);
        }
      }
      const pageWindow = { startMs: window.startUs / 1000, endMs: window.endUs / 1000 };
      const { heavy, nameOf, inOrder } = charted(recordingOf(profiles), pageWindow);
      expectSame(spans(heavy, nameOf), expected);
      if (profiles.length === 1) expectSame(spans(inOrder, nameOf), expected);
    }),
    { seed: 1, numRuns: 500 },
  );
});

function expectSame(found: Map<string, number>, expected: Map<string, number>): void {
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, ms] of expected) expect(found.get(name)).toBeCloseTo(ms, 9);
}

test('siblings stand from the heaviest on, beside one another, within their caller', () => {
  fc.assert(
    fc.property(recorded, (profiles) => {
      const { heavy, tree, totals } = charted(recordingOf(profiles));
      for (let row = 1; row < heavy.rows; row += 1) {
        for (
          let key = heavy.firstAfter(row, 0);
          key >= 0;
          key = heavy.firstAfter(row, heavy.endOf(row, key) + 1e-9)
        ) {
          const node = heavy.nodeOf(row, key);
          const caller = boxAt(heavy, row - 1, heavy.startOf(row, key) + 1e-9);
          expect(caller?.node).toBe(tree.parents[node]);
          expect(heavy.endOf(row, key)).toBeLessThanOrEqual((caller?.endMs ?? 0) + 1e-9);
          const next = heavy.firstAfter(row, heavy.endOf(row, key) + 1e-9);
          const sibling = next >= 0 ? heavy.nodeOf(row, next) : -1;
          if (sibling >= 0 && tree.parents[sibling] === tree.parents[node]) {
            expect(totals[sibling]).toBeLessThanOrEqual(totals[node] ?? 0);
            expect(heavy.startOf(row, next)).toBe(heavy.endOf(row, key));
          }
        }
      }
    }),
    { seed: 2, numRuns: 300 },
  );
});

/** Every sample's whole stack, joined box by box: slow, and plain to see. */
function naiveTimeOrder(
  { threads }: PageRecording,
  { parents, nodesOf }: ReturnType<typeof charted>['tree'],
) {
  const [thread] = threads;
  const boxes: string[] = [];
  const depths = depthsOf(parents);
  let open: { node: number; startMs: number }[] = [];
  const close = (row: number, atMs: number) => {
    for (const [index, { node, startMs }] of open.entries()) {
      if (index >= row && atMs > startMs) boxes.push(`${index} ${node} ${startMs}..${atMs}`);
    }
    open = open.slice(0, row);
  };
  for (const [sample, tip] of (thread?.sampleNodes ?? []).entries()) {
    const startMs = thread?.sampleStartMs[sample] ?? 0;
    const path: number[] = [];
    for (let node = nodesOf[0]?.[tip] ?? 0; node >= 0; node = parents[node] ?? -1) path.unshift(node);
    const agreed = path.findIndex((node, row) => open[row]?.node !== node);
    close(agreed === -1 ? path.length : agreed, startMs);
    for (const node of path.slice(open.length)) open.push({ node, startMs });
    expect(path).toHaveLength((depths[path.at(-1) ?? 0] ?? 0) + 1);
  }
  close(0, thread?.lastSampleEndMs ?? 0);
  return boxes.sort();
}

test('boxes in time order are those of joining whole stacks, from the left and from the right', () => {
  fc.assert(
    fc.property(recorded, (profiles) => {
      const recording = recordingOf(profiles.slice(0, 1));
      const { inOrder, tree } = charted(recording);
      const [forward, backward]: [string[], string[]] = [[], []];
      const told = (row: number, key: number) =>
        `${row} ${inOrder.nodeOf(row, key)} ${inOrder.startOf(row, key)}..${inOrder.endOf(row, key)}`;
      for (let row = 0; row < inOrder.rows; row += 1) {
        for (let key = inOrder.firstAfter(row, 0); key >= 0; ) {
          forward.push(told(row, key));
          key = inOrder.firstAfter(row, inOrder.endOf(row, key));
        }
        for (let key = inOrder.lastBefore(row, 1e9); key >= 0; ) {
          backward.push(told(row, key));
          key = inOrder.lastBefore(row, inOrder.startOf(row, key));
        }
      }
      const naive = naiveTimeOrder(recording, tree);
      expect(forward.sort()).toEqual(naive);
      expect(backward.sort()).toEqual(naive);
    }),
    { seed: 3, numRuns: 500 },
  );
});
