import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnRecording } from '../../../../../tests/support/drawn-recording.ts';
import type { ThreadAccount } from '../../../../compare/timeline.ts';
import { ACTIVITIES, type Lane, laneMaker } from './lanes.ts';
import { resampled } from './shares.ts';

const ACCOUNT: ThreadAccount = {
  name: 'main',
  startMs: 0,
  endMs: 4,
  startUpMs: null,
  cpuMs: null,
  waitingMs: null,
  waitedFor: [],
  idleAtEndMs: 0,
  story: null,
};
const recording = drawnRecording(`
  main (idle) main main
  f    .      (garbage_collector) f
`);
const { runMs } = recording;
const frames = recording.frames.map((frame) => ({ ...frame, name: frame.name.replace('_', ' ') }));
const [thread = null] = recording.threads;
const source = { account: ACCOUNT, thread, frames, runMs };

function rounded({ parts }: Lane): Record<string, number[]> {
  return Object.fromEntries(
    ACTIVITIES.map((activity) => [
      activity,
      [...parts[activity]].map((part) => Math.round(part * 1e6) / 1e6),
    ]),
  );
}

test('without the kernel’s accounts, what is seen is what was sampled', () => {
  const lane = laneMaker(source)({ startMs: 0, endMs: 8, count: 4 });
  expect(lane.kernel).toBe(false);
  expect(rounded(lane)).toEqual({
    working: [0.5, 0.5, 0, 0],
    collecting: [0, 0.5, 0, 0],
    queued: [0, 0, 0, 0],
    waiting: [0, 0, 0, 0],
    idle: [0.5, 0, 0, 0],
  });
});

const story = { running: [0.5, 0.5], idle: [0.5, 0], collecting: [0, 0.5] };

test('with them, what was not idle is parted into work, queueing and waiting', () => {
  // Of the first half the kernel saw a quarter on a CPU, half of what was not idle; of the second all but a tenth.
  const told = { ...story, onCpu: [0.25, 0.9], ready: [0.25, 1] };
  const lane = laneMaker({ ...source, account: { ...ACCOUNT, story: told } })({
    startMs: 0,
    endMs: 4,
    count: 4,
  });
  expect(lane.kernel).toBe(true);
  expect(rounded(lane)).toEqual({
    working: [0.5, 0, 0, 0.9],
    collecting: [0, 0, 0.9, 0],
    queued: [0, 0, 0.1, 0.1],
    waiting: [0.5, 0, 0, 0],
    idle: [0, 1, 0, 0],
  });
});

test('without a recording, the report’s own slices are shown', () => {
  const told = { ...story, onCpu: null, ready: null };
  const lane = laneMaker({ ...source, thread: null, account: { ...ACCOUNT, story: told } })({
    startMs: 0,
    endMs: 4,
    count: 4,
  });
  expect(rounded(lane)).toMatchObject({
    working: [0.5, 0.5, 0.5, 0.5],
    idle: [0.5, 0.5, 0, 0],
    collecting: [0, 0, 0.5, 0.5],
  });
});

test('with neither there is nothing', () => {
  const lane = laneMaker({ ...source, thread: null })({ startMs: 0, endMs: 4, count: 2 });
  expect(ACTIVITIES.flatMap((activity) => [...lane.parts[activity]])).toEqual(
    Array.from({ length: 10 }, () => 0),
  );
});

test('shares in other slices are of the same time', () => {
  expect([...resampled([1, 0.5], 4, { startMs: 0, endMs: 8, count: 2 })]).toEqual([0.75, 0]);
  expect([...resampled([1, 0.5], 4, { startMs: 0, endMs: 4, count: 4 })]).toEqual([1, 1, 0.5, 0.5]);
});

test('no slice has more than it lasts, and none less than nothing', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(
      shares,
      shares,
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 0.5, max: 20, noNaN: true }),
      (onCpu, ready, count, spanMs) => {
        const told = { ...story, onCpu, ready };
        const lane = laneMaker({ ...source, account: { ...ACCOUNT, story: told } })({
          startMs: 0,
          endMs: spanMs,
          count,
        });
        for (let slice = 0; slice < count; slice += 1) {
          const parts = ACTIVITIES.map((activity) => lane.parts[activity][slice] ?? Number.NaN);
          expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(1 + 1e-9);
        }
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

test('a part of a run in slices of its own is that part of the whole', () => {
  const told = { ...story, onCpu: [0.25, 0.9], ready: [0.25, 1] };
  const laneIn = laneMaker({ ...source, account: { ...ACCOUNT, story: told } });
  const whole = rounded(laneIn({ startMs: 0, endMs: 4, count: 4 }));
  const part = rounded(laneIn({ startMs: 1, endMs: 3, count: 2 }));
  expect(part).toEqual(
    Object.fromEntries(Object.entries(whole).map(([name, parts]) => [name, parts.slice(1, 3)])),
  );
});
