import type { MetricName } from '../../compare/bench-report.ts';
import type { CheckedRule, RuleName } from '../../compare/check-report.ts';
import type { BenchRequest } from '../bench.ts';

/** The first look at something, and the one with fresh runs that a suspicion asks for. */
export type Attempt = 0 | 1;

/** What one look at a rule found. */
export type Finding = Pick<
  CheckedRule,
  'verdict' | 'measured' | 'figures' | 'pairs' | 'grown' | 'why' | 'file'
>;

/** A rule, and how it is looked at. */
export interface Demand {
  readonly name: RuleName;
  readonly pattern: string | null;
  readonly subject: string;
  readonly limit: number;
  readonly metric?: MetricName | undefined;
  /** null: it may fail a build; else why not. */
  readonly reservation: string | null;
  /** The probability that one look fails a rule that holds. */
  readonly falseAlarmRate: number;
  /** The probability that both looks together do, known after them, instead of the square of that of one. */
  readonly chance?: () => number;
  look(attempt: Attempt): Promise<Finding>;
}

/** What is suspected is measured once more with fresh runs, and fails only if it does so again. */
export async function judged(demand: Demand, progress: BenchRequest['progress']): Promise<CheckedRule> {
  const first = await demand.look(0);
  if (first.verdict !== 'fail') return ruleOf(demand, first);
  if (demand.reservation !== null)
    return ruleOf(demand, { ...first, verdict: 'inconclusive', why: demand.reservation });
  progress.step(`${demand.name}${of(demand)}: suspected, measured again with fresh runs`);
  const second = await demand.look(1);
  const fails = second.verdict === 'fail';
  const why = fails ? second.why : (second.why ?? 'it failed once, and not when it was measured again');
  return {
    ...ruleOf(demand, { ...second, verdict: fails ? 'fail' : 'inconclusive', why }),
    measuredAgain: true,
  };
}

/** One rule after the other: what is measured must have the machine to itself. */
export async function judgedInTurn(
  demands: readonly Demand[],
  progress: BenchRequest['progress'],
): Promise<CheckedRule[]> {
  const rules: CheckedRule[] = [];
  for (const demand of demands) rules.push(await judged(demand, progress));
  return rules;
}

function of({ pattern }: Demand): string {
  return pattern === null ? '' : ` of ${pattern}`;
}

function ruleOf(
  { name, pattern, subject, limit, metric, reservation }: Demand,
  finding: Finding,
): CheckedRule {
  const deciding = metric === undefined ? {} : { metric };
  return {
    name,
    pattern,
    subject,
    limit,
    ...deciding,
    mayFail: reservation === null,
    measuredAgain: false,
    ...finding,
  };
}

/** Measures at most once for each attempt, however many rules ask. */
export function onceEach<Value>(
  measure: (attempt: Attempt) => Promise<Value>,
): (attempt: Attempt) => Promise<Value> {
  const measured = new Map<Attempt, Promise<Value>>();
  return (attempt) => {
    const known = measured.get(attempt) ?? measure(attempt);
    measured.set(attempt, known);
    return known;
  };
}

/**
 * The probability that a build is failed though every rule holds, at most: each must be beyond its limit in two
 * independent measurements, and the probabilities of several rules are summed (Bonferroni).
 */
export function falseAlarmRateOf(demands: readonly Demand[]): number | null {
  const chances = demands.flatMap(({ falseAlarmRate, chance, reservation }) => {
    const both = chance?.() ?? falseAlarmRate ** 2;
    return both > 0 && reservation === null ? [both] : [];
  });
  return chances.length === 0 ? null : chances.reduce((sum, both) => sum + both, 0);
}
