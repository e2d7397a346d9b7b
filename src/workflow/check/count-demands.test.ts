import { describe, expect, test } from 'vitest';
import { type Random, seededRandom } from '../../base/random.ts';
import { type CallRange, rangesOf } from '../../compare/call-counts.ts';
import { type CountsBefore, countedBefore, everyCall } from './count-demands.ts';
import { type Batch, type Counted, type Counting, MANY_RUNS } from './counting.ts';
import { falseAlarmRateOf, judged } from './demand.ts';

type Draw = (index: number) => number;

/** Counting runs of a side whose functions are called as often as `draw` says, and how many there were. */
function side(functions: number, draw: Draw) {
  let runs = 0;
  const rows = (count: number, known?: Counted): Counted => {
    runs += count;
    const calls = (index: number) => Array.from({ length: count }, () => draw(index));
    return {
      ...{
        runs: [],
        names: { rootUrls: [], isHarness: () => false, sourceFrame: (frame) => frame },
        lost: null,
      },
      functions: Array.from({ length: functions }, (_, index) => ({
        ...{ name: `f${index}`, file: 'a.ts', line: index + 1 },
        calls: [...(known?.functions[index]?.calls ?? []), ...calls(index)],
      })),
    };
  };
  const few = [0, 1].map(() => rows.bind(null, 2)).map(once);
  const many = few.map((first) => once(() => rows(MANY_RUNS - 2, first())));
  const of = async ({ attempt, isMany }: Batch) => (isMany ? many : few)[attempt]?.() as Counted;
  const counting: Counting = Object.assign((attempt: 0 | 1) => of({ attempt, isMany: false }), {
    ...{ of, lost: () => null },
  });
  return { counting, runs: () => runs };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const progress = { step() {}, detail() {}, round() {} };
const coin =
  (random: Random): Draw =>
  () =>
    random() < 0.5 ? 100 : 101;

async function checked(before: CountsBefore, after: Counting) {
  const { demand } = everyCall({ before, after }, 0);
  const { verdict } = await judged(demand, progress);
  return { verdict, falseAlarmRate: falseAlarmRateOf([demand]) };
}

describe('counts that repeat exactly', () => {
  test.each([
    { what: 'as many: two runs a side', after: 100, verdict: 'pass', runs: 2 },
    { what: 'one call more: confirmed by six fresh runs', after: 101, verdict: 'fail', runs: 2 + MANY_RUNS },
  ])('$what', async ({ after: calls, verdict, runs }) => {
    const [before, after] = [side(5, () => 100), side(5, (index) => (index === 3 ? calls : 100))];
    const found = await checked(countedBefore('s', before.counting), after.counting);
    expect(found).toEqual({ verdict, falseAlarmRate: null });
    expect([before.runs(), after.runs()]).toEqual([runs, runs]);
  });
});

describe('20 functions that are called c or c + 1 times at random', () => {
  test('fail no more often than is stated', async () => {
    const random = seededRandom(1);
    let failures = 0;
    const checks = 1000;
    for (let run = 0; run < checks; run += 1) {
      const [before, after] = [side(20, coin(random)), side(20, coin(random))];
      const found = await checked(countedBefore('s', before.counting), after.counting);
      failures += Number(found.verdict === 'fail');
      expect(found.falseAlarmRate).toBeCloseTo(0.025 ** 2, 12);
    }
    // At the stated 0.06 %, three or more of 1,000 have a probability of 2 %.
    expect(failures).toBeLessThanOrEqual(2);
  });

  test('one alone, which may look exact in two runs', async () => {
    const random = seededRandom(2);
    let failures = 0;
    for (let run = 0; run < 2000; run += 1) {
      const [before, after] = [side(1, coin(random)), side(1, coin(random))];
      const found = await checked(countedBefore('s', before.counting), after.counting);
      failures += Number(found.verdict === 'fail');
    }
    expect(failures).toBeLessThanOrEqual(4);
  });

  test('against a baseline of six runs, no more often than is stated', async () => {
    const random = seededRandom(3);
    let failures = 0;
    for (let run = 0; run < 500; run += 1) {
      const stored = await side(20, coin(random)).counting.of({ attempt: 0, isMany: true });
      const found = await checked(storedBefore(stored, 6), side(20, coin(random)).counting);
      failures += Number(found.verdict === 'fail');
      expect(found.falseAlarmRate).toBe(0.005);
    }
    expect(failures).toBeLessThanOrEqual(5);
  });

  test('against a baseline of two runs nothing that varies fails', async () => {
    const random = seededRandom(4);
    const stored = await side(20, () => 100 + Math.floor(3 * random())).counting(0);
    const after = side(20, () => 200 + Math.floor(3 * random()));
    expect((await checked(storedBefore(stored, 2), after.counting)).verdict).toBe('inconclusive');
  });
});

test('a real growth among counts that vary is found', async () => {
  const random = seededRandom(5);
  let found = 0;
  for (let run = 0; run < 50; run += 1) {
    const noisy = (mean: number) => mean + Math.floor(10 * random());
    const before = side(20, () => noisy(100));
    const after = side(20, (index) => noisy(index === 7 ? 112 : 100));
    found += Number((await checked(countedBefore('s', before.counting), after.counting)).verdict === 'fail');
  }
  expect(found).toBe(50);
});

/** As a baseline holds them: without the runs. */
function storedBefore({ functions }: Counted, storedRuns: number): CountsBefore {
  const plain = ({ low, high }: CallRange): CallRange => ({ low, high });
  const ranges = new Map([...rangesOf(functions)].map(([key, range]) => [key, plain(range)]));
  const all = [...ranges.values()];
  const sum = (read: (range: CallRange) => number) => all.reduce((total, range) => total + read(range), 0);
  return {
    ...{ subject: 's', reservation: null, storedRuns },
    ranges: async () => ranges,
    sum: async () => ({ low: sum(({ low }) => low), high: sum(({ high }) => high) }),
  };
}
