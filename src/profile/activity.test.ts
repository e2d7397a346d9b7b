import { expect, test } from 'vitest';
import { onCpu, ready, type ThreadActivity, usedShares, usedWithin } from './activity.ts';

/** On a CPU from 100 to 200 µs and from 250 on; in the queue for one from 200 to 250. */
const activity: ThreadActivity = {
  tid: 7,
  name: 'node',
  looks: [
    { atUs: 100, cpuUs: 0, runQueueUs: 0 },
    { atUs: 200, cpuUs: 100, runQueueUs: 0 },
    { atUs: 250, cpuUs: 100, runQueueUs: 50 },
    { atUs: 300, cpuUs: 150, runQueueUs: 50 },
  ],
};

test.each([
  { why: 'between looks', window: { startUs: 150, endUs: 200 }, cpu: 50, all: 50 },
  { why: 'over several', window: { startUs: 100, endUs: 300 }, cpu: 150, all: 200 },
  { why: 'before the first and after the last', window: { startUs: 0, endUs: 1000 }, cpu: 150, all: 200 },
  { why: 'where nothing was seen', window: { startUs: 400, endUs: 500 }, cpu: 0, all: 0 },
])('$why', ({ window, cpu, all }) => {
  expect(usedWithin(activity, onCpu, window)).toBeCloseTo(cpu, 9);
  expect(usedWithin(activity, ready, window)).toBeCloseTo(all, 9);
});

test('by slices', () => {
  const window = { startUs: 100, endUs: 300 };
  expect(usedShares(activity, onCpu, { window, slices: 4 })).toEqual([1, 1, 0, 1]);
  expect(usedShares(activity, ready, { window, slices: 4 })).toEqual([1, 1, 1, 1]);
  expect(usedShares(activity, onCpu, { window: { startUs: 5, endUs: 5 }, slices: 2 })).toEqual([0, 0]);
});
