import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charted } from '../../../../../tests/support/charted.ts';
import { recordingOf } from '../../../../../tests/support/drawn-recording.ts';
import { functionTotals } from '../../../../profile/function-totals.ts';
import { parseCpuProfile } from '../../../../profile/parse-cpu-profile.ts';
import type { PageRecording } from '../../model.ts';
import { depthsOf } from './call-tree.ts';
import { boxAt, type Chart } from './chart.ts';

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
