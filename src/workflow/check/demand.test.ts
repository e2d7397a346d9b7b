import { describe, expect, test } from 'vitest';
import { type Demand, type Finding, falseAlarmRateOf, judged, onceEach } from './demand.ts';

const finding = (verdict: Finding['verdict']): Finding => ({
  ...{ verdict, measured: null, figures: null, pairs: 1, why: null, file: null },
});
const demand = (verdicts: readonly Finding['verdict'][], known: Partial<Demand> = {}): Demand => ({
  ...{ name: 'maxSlowdown', pattern: null, subject: 's', limit: 0, reservation: null, falseAlarmRate: 0.025 },
  look: async (attempt) => finding(verdicts[attempt] ?? 'fail'),
  ...known,
});
const progress = { step() {}, detail() {}, round() {} };

describe('a suspicion is measured again', () => {
  test.each([
    { looks: ['pass', 'fail'], verdict: 'pass', measuredAgain: false },
    { looks: ['inconclusive', 'fail'], verdict: 'inconclusive', measuredAgain: false },
    { looks: ['fail', 'fail'], verdict: 'fail', measuredAgain: true },
    { looks: ['fail', 'pass'], verdict: 'inconclusive', measuredAgain: true },
    { looks: ['fail', 'inconclusive'], verdict: 'inconclusive', measuredAgain: true },
  ] as const)('$looks: $verdict', async ({ looks, verdict, measuredAgain }) =>
    expect(await judged(demand(looks), progress)).toMatchObject({ verdict, measuredAgain, mayFail: true }),
  );

  test('what may not fail is inconclusive, with the reason, and not measured again', async () =>
    expect(await judged(demand(['fail'], { reservation: 'another machine' }), progress)).toMatchObject({
      ...{ verdict: 'inconclusive', mayFail: false, why: 'another machine', measuredAgain: false },
    }));
});

test('each attempt is measured once, whoever asks', async () => {
  const asked: number[] = [];
  const once = onceEach(async (attempt) => asked.push(attempt));
  await Promise.all([once(0), once(0), once(1), once(0)]);
  expect(asked).toEqual([0, 1]);
});

test('false alarms: both of two measurements, summed over the rules that may fail', () => {
  expect(falseAlarmRateOf([demand([]), demand([]), demand([], { reservation: 'x' })])).toBeCloseTo(
    0.00125,
    12,
  );
  expect(falseAlarmRateOf([demand([], { falseAlarmRate: 0 })])).toBeNull();
});
