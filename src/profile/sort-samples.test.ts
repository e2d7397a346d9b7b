import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { sortByTime } from './sort-samples.ts';

const SIZES = [0, 1, 2, 15, 16, 17, 33, 1000, 200_000];

test.each([
  { order: 'ascending', timeOf: (index: number) => index },
  { order: 'descending', timeOf: (index: number) => -index },
  { order: 'a few behind their place', timeOf: (index: number) => (index % 100 === 7 ? index - 30 : index) },
  { order: 'two interleaved sources', timeOf: (index: number) => (index % 2 === 0 ? index : index / 2) },
  { order: 'two halves', timeOf: (index: number, size: number) => (index * 2) % Math.max(1, size) },
  { order: 'many of one time', timeOf: (index: number) => (index * 7919) % 5 },
])('$order: by time, those of one time as they were', ({ timeOf }) => {
  for (const size of SIZES)
    expectSorted(Float64Array.from({ length: size }, (_, index) => timeOf(index, size)));
});

test('in any order', () => {
  const random = seededRandom(11);
  for (const size of SIZES)
    expectSorted(Float64Array.from({ length: size }, () => Math.floor(random() * size)));
});

function expectSorted(timesUs: Float64Array): void {
  const nodes = Int32Array.from(timesUs.keys());
  const before = timesUs.slice();
  sortByTime(timesUs, nodes);
  const wanted = [...before.keys()].sort((a, b) => (before[a] ?? 0) - (before[b] ?? 0));
  expect(nodes).toEqual(Int32Array.from(wanted));
  expect(timesUs).toEqual(Float64Array.from(wanted, (index) => before[index] ?? 0));
}
