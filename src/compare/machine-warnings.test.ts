import { expect, test } from 'vitest';
import { changedOutputWarnings, machineWarnings, processWarnings } from './machine-warnings.ts';

const QUIET = { elapsedMs: 1000, otherLoadCores: 0.05, cores: 2, governor: null, thermalThrottles: null };
const CLOCK = { clockResolutionMs: 0.0001, shortestMs: 100 };

test.each([
  { state: {}, clock: {}, says: [] },
  { state: { governor: 'performance', thermalThrottles: 0 }, clock: {}, says: [] },
  { state: { otherLoadCores: 0.8 }, clock: {}, says: ['other programs used 0.8 of 2 cores'] },
  { state: { governor: 'powersave' }, clock: {}, says: ['governor is powersave'] },
  { state: { thermalThrottles: 3 }, clock: {}, says: ['slowed itself down 3 times'] },
  { state: {}, clock: { shortestMs: 0.05 }, says: ['short for a clock that steps by 0.10 µs'] },
])('$state $clock', ({ state, clock, says }) => {
  expect(machineWarnings({ ...QUIET, ...state }, { ...CLOCK, ...clock })).toEqual(
    says.map((text) => expect.stringContaining(text)),
  );
});

test('processes without a steady state are counted', () => {
  expect(processWarnings([null, null])).toEqual([]);
  expect(processWarnings([null, 'it still changed'])).toEqual([
    expect.stringContaining('no steady state in 1 of 2 processes (it still changed)'),
  ]);
});

test('processes whose output changed are counted', () => {
  expect(changedOutputWarnings([null, null])).toEqual([]);
  expect(changedOutputWarnings([null, 'repetition 2 made 9 bytes, not 8'])).toEqual([
    expect.stringMatching(/^in 1 of 2 processes .*repetition 2 made 9 bytes, not 8.*--mode cold/),
  ]);
});
