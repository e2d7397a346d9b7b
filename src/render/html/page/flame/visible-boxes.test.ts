import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PageThread } from '../../model.ts';
import { mergeTrees, totalsOf } from './call-tree.ts';
import type { Chart } from './chart.ts';
import { leftHeavy } from './left-heavy.ts';
import { sampleOrder, timeOrder } from './time-order.ts';
import { BoxColumns, type Viewport, visibleBoxes } from './visible-boxes.ts';

/** A root that calls functions of the widths given, ms. */
function flat(...widths: readonly number[]): Chart {
  const parents = Int32Array.from([-1, ...widths.map(() => 0)]);
  const tree = { parents, functions: parents };
  return leftHeavy(tree, totalsOf(tree, Float64Array.of(0, ...widths)));
}

const SIGHT: Viewport = { startMs: 0, endMs: 10, widthPx: 100, firstRow: 0, endRow: 10, rowStep: 1 };

function seen(chart: Chart, viewport: Partial<Viewport> = {}): string[] {
  const boxes = new BoxColumns();
  visibleBoxes(chart, { ...SIGHT, ...viewport }, boxes);
  return Array.from({ length: boxes.count }, (_, box) => {
    const [leftPx, widthPx] = [boxes.leftsPx[box] ?? 0, boxes.widthsPx[box] ?? 0];
    return `${boxes.rows[box]}: ${leftPx}+${widthPx}${boxes.crowds[box] === 1 ? ' crowd' : ''}`;
  });
}

test('boxes are placed by their share of the width', () => {
  expect(seen(flat(6, 3, 1))).toEqual(['0: 0+100', '1: 0+60', '1: 60+30', '1: 90+10']);
});

test('zoomed in, boxes are cut off at the edges, and those outside left out', () => {
  expect(seen(flat(6, 3, 1), { startMs: 5, endMs: 7.5 })).toEqual(['0: 0+100', '1: 0+40', '1: 40+60']);
});

test('only rows in sight, and of those each so many-eth', () => {
  expect(seen(flat(10), { firstRow: 1 })).toEqual(['1: 0+100']);
  expect(seen(flat(10), { endRow: 1 })).toEqual(['0: 0+100']);
  expect(seen(flat(10), { rowStep: 2 })).toEqual(['0: 0+100']);
});

test('boxes of less than half a pixel stand together as one a pixel', () => {
  expect(seen(flat(9.8, ...Array.from({ length: 20 }, () => 0.01)))).toEqual([
    '0: 0+100',
    '1: 0+98',
    '1: 98+1 crowd',
    '1: 99+1 crowd',
  ]);
});

test.each([
  { widthPx: 0 },
  { startMs: 3, endMs: 3 },
  { startMs: 4, endMs: 3 },
  { startMs: Number.NaN },
  { firstRow: 5 },
])('nothing is seen with %o', (viewport) => {
  expect(seen(flat(6, 4), viewport)).toEqual([]);
});

test('every wide box is seen, and of a row never more than two boxes for each pixel', () => {
  const view = fc.record({
    startMs: fc.double({ min: 0, max: 50, noNaN: true }),
    spanMs: fc.double({ min: 1e-6, max: 60, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-9, max: 5, noNaN: true }), { minLength: 1, maxLength: 300 }),
      view,
      (widths, { startMs, spanMs }) => {
        const chart = flat(...widths);
        const boxes = new BoxColumns();
        const viewport = { ...SIGHT, startMs, endMs: startMs + spanMs, firstRow: 1 };
        visibleBoxes(chart, viewport, boxes);
        expect(boxes.count).toBeLessThanOrEqual(2 * viewport.widthPx + 2);
        const drawn = new Set(boxes.keys.subarray(0, boxes.count));
        const pxPerMs = viewport.widthPx / spanMs;
        for (let key = chart.firstAfter(1, 0), atMs = 0; key >= 0; key = chart.firstAfter(1, atMs)) {
          atMs = chart.endOf(1, key);
          const visiblePx =
            (Math.min(atMs, viewport.endMs) - Math.max(chart.startOf(1, key), startMs)) * pxPerMs;
          if (visiblePx > 1.000001) expect(drawn).toContain(key);
        }
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

const DEEP = 100_000;

/** Stacks of a hundred thousand that differ in their outermost function. */
function deepThread(): PageThread {
  const nodes = 2 * DEEP + 1;
  return {
    name: 'main',
    startMs: 0,
    endMs: 4,
    cpuMs: null,
    waitingMs: null,
    nodeParents: Int32Array.from({ length: nodes }, (_, node) => (node === DEEP + 1 ? 0 : node - 1)),
    nodeFrames: new Int32Array(nodes),
    sampleNodes: Int32Array.of(DEEP, 2 * DEEP, DEEP, 2 * DEEP),
    sampleStartMs: Float64Array.of(0, 1, 2, 3),
    lastSampleEndMs: 4,
  };
}

test('a stack a hundred thousand deep is laid out, its innermost rows too', () => {
  const thread = deepThread();
  // Two functions, or the two stacks would be one.
  const functions = thread.nodeFrames.map((_, node) => (node > DEEP ? 1 : 0));
  const tree = mergeTrees([{ parents: thread.nodeParents, functions }]);
  const [nodesOf] = tree.nodesOf;
  if (nodesOf === undefined) throw new Error('one tree was merged');
  const inOrder = timeOrder(sampleOrder(tree, nodesOf, thread), null);
  expect(inOrder.rows).toBe(DEEP + 1);
  const innermost = { endMs: 4, firstRow: DEEP, endRow: DEEP + 1 };
  expect(seen(inOrder, innermost)).toEqual([0, 25, 50, 75].map((leftPx) => `${DEEP}: ${leftPx}+25`));

  const selfs = new Float64Array(tree.parents.length);
  selfs[DEEP] = 3;
  selfs[2 * DEEP] = 1;
  const heavy = leftHeavy(tree, totalsOf(tree, selfs));
  expect(seen(heavy, innermost)).toEqual([`${DEEP}: 0+75`, `${DEEP}: 75+25`]);
});

test('a million samples make no more boxes than there are pixels', () => {
  const samples = 1_000_000;
  const functions = Int32Array.from({ length: 1001 }, (_, node) => node);
  const tree = mergeTrees([
    { parents: functions.map((node) => (node === 0 ? -1 : node <= 100 ? 0 : (node % 100) + 1)), functions },
  ]);
  const thread: PageThread = {
    ...deepThread(),
    endMs: samples,
    sampleNodes: Int32Array.from({ length: samples }, (_, sample) => (sample * 7919) % 1001),
    sampleStartMs: Float64Array.from({ length: samples }, (_, sample) => sample),
    lastSampleEndMs: samples,
  };
  const [nodesOf] = tree.nodesOf;
  if (nodesOf === undefined) throw new Error('one tree was merged');
  const chart = timeOrder(sampleOrder(tree, nodesOf, thread), null);
  const whole = seen(chart, { endMs: samples });
  expect(whole.length).toBeGreaterThan(100);
  expect(whole.length).toBeLessThan(3 * 2 * 100);
  // Where ten samples fill the width each is seen with its own stack.
  expect(seen(chart, { startMs: 500_000, endMs: 500_010, firstRow: 1, endRow: 2 })).toHaveLength(10);
});
