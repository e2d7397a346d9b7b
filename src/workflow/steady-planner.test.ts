import { describe, expect, test } from 'vitest';
import { normalFrom, type Random, seededRandom } from '../base/random.ts';
import type { BenchRound } from './bench-round.ts';
import { steadyPlanAfter, steadyPlanning } from './steady-planner.ts';

const LEVELS = { wallMs: 1, cpuMs: 1, peakRssBytes: 1, mainThread: null };

/** A process of 450 ms: 50 ms of overhead and 400 batches of 1 ms. */
function process(random: Random, unsteady: string | null): BenchRound['cells'][number] {
  const steadyMs = Array.from({ length: 350 }, () => Math.exp(0.02 * normalFrom(random)));
  return {
    cold: LEVELS,
    steady: LEVELS,
    unsteady,
    elimination: null,
    resolutionMs: null,
    clockFloorNs: 50,
    repetitions: { warmUpMs: 50, repetitionCostMs: 1, totalMs: 400, steadyMs },
    changedOutput: null,
    processCpuMs: 1,
    timing: {
      ...LEVELS,
      importMs: 1,
      setupMs: 0,
      openResources: [],
      started: { processes: 0, cpuMs: 0 },
      sizeBytes: 1,
    },
  };
}

function rounds(count: number, unsteady: string | null = null): BenchRound[] {
  const random = seededRandom(1);
  return Array.from({ length: count }, () => ({
    order: [0, 1],
    cells: [process(random, unsteady), process(random, unsteady)],
  }));
}

const budgetFor = (count: number, budgetMs: number) => ({ leastRounds: 8, budgetMs, elapsedMs: 900 * count });

describe('a plan', () => {
  test('is 400 ms until two pairs are known', () => {
    for (const count of [0, 1]) {
      const { plan } = steadyPlanAfter(rounds(count), budgetFor(count, 30_000));
      expect(plan.timeMs).toBe(400);
    }
  });

  test('then covers the warm-up and a steady part that is shorter than the pilot’s', () => {
    const { plan, neededBudgetMs } = steadyPlanAfter(rounds(5), budgetFor(5, 30_000));
    expect(plan.timeMs).toBeGreaterThan(50 + 25);
    expect(plan.timeMs).toBeLessThan(200);
    expect(neededBudgetMs).toBeNull();
  });

  test('is that of the first five rounds from then on', () => {
    const all = rounds(9);
    const timeAfter = (count: number) =>
      steadyPlanAfter(all.slice(0, count), budgetFor(count, 60_000)).plan.timeMs;
    expect(timeAfter(9)).toBeCloseTo(timeAfter(5), 6);
    expect(timeAfter(9)).not.toBe(timeAfter(3));
  });

  test('is a second where most processes were not steady, if the budget allows for it', () => {
    const unsteady = rounds(5, 'it still changed');
    expect(steadyPlanAfter(unsteady, budgetFor(5, 60_000)).plan.timeMs).toBe(1000);
    const short = steadyPlanAfter(unsteady, budgetFor(5, 7000));
    expect(short.plan.timeMs).toBeLessThan(500);
    // 4.5 s are spent; three pairs follow, with 50 ms of overhead a process, and leave a tenth of the budget.
    expect(4500 + 3 * 2 * (50 + short.plan.timeMs)).toBeLessThanOrEqual(0.9 * 7000 + 1e-6);
    expect(short.neededBudgetMs).toBeNull();
  });
});

test('a budget that no plan fits is reported with the one that is needed', () => {
  const decision = steadyPlanAfter(rounds(2), budgetFor(2, 2000));
  // 1.8 s are spent; six pairs of at least 2 · (50 ms of overhead, 50 ms of warm-up, 25 ms of steady part) follow.
  expect(decision.neededBudgetMs).toBeCloseTo(1800 + 6 * 2 * 125, 6);
});

describe('in a measurement', () => {
  const said: string[] = [];
  const request = {
    mode: 'steady' as const,
    budgetMs: 2000,
    progress: { step: (message: string) => void said.push(message), round() {} },
  };
  const design = { confidenceLevel: 0.95, spending: 'pocock', fixedPairs: null, comparisons: 1 } as const;

  test('a budget that is too small is reported once, when two pairs are known', () => {
    const planning = steadyPlanning(request, design);
    const all = rounds(3);
    planning.revise(all.slice(0, 1), 900);
    expect([planning.plan()?.timeMs, said]).toEqual([400, []]);
    planning.revise(all.slice(0, 2), 1800);
    planning.revise(all, 2700);
    // Six pairs can give a verdict at 95 %, four are missing, each takes 250 ms.
    const message =
      'the budget is too small for a verdict in the steady mode: it needs about 3 s (--budget 3s)';
    expect(said).toEqual([message]);
    expect(planning.warnings()).toEqual([message]);
  });

  test('a fixed number of pairs needs no budget', () => {
    const planning = steadyPlanning(request, { ...design, fixedPairs: 20 });
    planning.revise(rounds(2), 1800);
    expect(planning.warnings()).toEqual([]);
  });

  test('the cold mode repeats nothing', () => {
    const planning = steadyPlanning({ ...request, mode: 'cold' }, design);
    planning.revise(rounds(2), 1800);
    expect(planning.plan()).toBeNull();
  });
});
