import { describe, expect, test } from 'vitest';
import type { ThreadActivity } from '../profile/activity.ts';
import { type LookedAt, serialShareOf, waitingMs, workTimeOf } from './waiting.ts';

/** Two slices of 10 ms; a thread's digits are the tenths of each that it was on a CPU. */
function run(pictures: Readonly<Record<string, string>>, startedCpuMs = 0): LookedAt {
  const names = Object.keys(pictures);
  const activity = names.map((name, tid): ThreadActivity => {
    const looks = [{ atUs: 0, cpuUs: 0, runQueueUs: 0 }];
    for (const [slice, tenths] of [...(pictures[name] ?? '')].entries()) {
      const cpuUs = (looks.at(-1)?.cpuUs ?? 0) + 1000 * Number(tenths);
      looks.push({ atUs: 10_000 * (slice + 1), cpuUs, runQueueUs: 0 });
    }
    return { tid, name, looks };
  });
  const window = { startUs: 0, endUs: 20_000 };
  const threads = names.flatMap((name, tid) =>
    name.startsWith('worker') || name === 'main' ? [{ tid }] : [],
  );
  return { window, threads, activity, startedCpuMs };
}

describe('the time in which somebody worked', () => {
  test('one thread: its CPU time', () =>
    expect(workTimeOf(run({ main: '52' }))).toEqual({
      cpuMs: 7,
      mainCpuMs: 7,
      busyMs: 7,
      lowBusyMs: 7,
      highBusyMs: 7,
    }));

  test('several threads: as if independent, between side by side and one after the other', () => {
    const work = workTimeOf(run({ main: '50', 'worker-1': '59' }));
    // The first slice: 1 − 0.5 · 0.5 of 10 ms, from 5 to 10; the second is the worker's alone.
    expect(work?.busyMs).toBeCloseTo(7.5 + 9, 9);
    expect(work?.lowBusyMs).toBeCloseTo(5 + 9, 9);
    expect(work?.highBusyMs).toBeCloseTo(10 + 9, 9);
    expect(work?.cpuMs).toBeCloseTo(19, 9);
  });

  test("V8's helpers count, outpace's own threads do not", () => {
    expect(workTimeOf(run({ main: '00', V8Worker: '30' }))?.busyMs).toBeCloseTo(3, 9);
    expect(workTimeOf(run({ main: '00', SamplingThread: '30' }))?.busyMs).toBe(0);
  });

  test('processes that were started and waited for count too', () =>
    expect(workTimeOf(run({ main: '11' }, 10))).toMatchObject({ cpuMs: 12, busyMs: 12 }));

  test('nothing is known without looks', () =>
    expect(workTimeOf({ ...run({ main: '11' }), activity: null })).toBeNull());
});

test('the waiting of a run: its time, less the work, which lies between spread out and one after the other', () => {
  const times = { wallMs: 100, cpuMs: 60, mainCpuMs: 10 };
  expect(waitingMs(times, { serialShare: 0, cores: 2 })).toBe(70);
  expect(waitingMs(times, { serialShare: 1, cores: 2 })).toBe(40);
  expect(waitingMs(times, { serialShare: 0.5, cores: 2 })).toBe(55);
  // The main thread's own work is not spread out; CPU time beyond the time was spent side by side.
  expect(waitingMs({ ...times, mainCpuMs: 50 }, { serialShare: 0, cores: 2 })).toBe(50);
  expect(waitingMs({ ...times, cpuMs: 180 }, { serialShare: 1, cores: 2 })).toBe(0);
});

test('the share of several sampling runs is the middle one, with bounds that hold all', () => {
  const work = (busyMs: number) => ({
    cpuMs: 100,
    mainCpuMs: 0,
    busyMs,
    lowBusyMs: busyMs - 5,
    highBusyMs: busyMs + 5,
  });
  expect(serialShareOf([work(60), work(80), work(70)], 2)).toEqual({ point: 0.4, low: 0.1, high: 0.7 });
});
