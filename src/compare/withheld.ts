import { NS_PER_MS } from '../base/units.ts';
import type { Elimination } from '../stats/elimination.ts';
import type { BenchResult, Both } from './bench-report.ts';
import type { Verdict } from './verdict.ts';

/** What is known of one process besides its times. */
export interface CallEvidence {
  readonly elimination: Elimination | null;
  /** The least difference of two times per call that the clock can show; null if it is not known. */
  readonly resolutionMs: number | null;
}

/** Why there is no verdict although there are times, and what to do. */
export interface Withheld {
  readonly reason: string;
  readonly remedy: string;
}

const CONSUME =
  'return the result from run, let it depend on the input or on a variable of the module, and see docs/microbenchmarks.md';

/**
 * Why times do not answer the question: the optimiser removed the work in at least half of a side's processes, or the
 * difference is less than the clock can show.
 *
 * @param evidence of each side's processes
 * @param names of the sides
 * @returns null if nothing stands against a verdict
 */
export function withheldOf(
  result: Pick<BenchResult, 'wallMs' | 'verdict'>,
  evidence: Both<readonly CallEvidence[]>,
  names: Both<string>,
): Withheld | null {
  const removed = (['before', 'after'] as const).flatMap((side) => removalOf(evidence[side], names[side]));
  if (removed.length > 0) return { reason: removed.join('; '), remedy: CONSUME };
  if (result.verdict.kind !== 'faster' && result.verdict.kind !== 'slower') return null;
  const { before, after } = result.wallMs;
  const differenceMs = Math.abs(before.point - after.point);
  const resolutions = [...evidence.before, ...evidence.after].flatMap(
    ({ resolutionMs }) => resolutionMs ?? [],
  );
  const resolutionMs = Math.max(0, ...resolutions);
  if (differenceMs >= resolutionMs) return null;
  return {
    reason: `the difference of ${nanoseconds(differenceMs)} per call is less than the clock can show (${nanoseconds(resolutionMs)})`,
    remedy: 'give one run more to do (--input)',
  };
}

function removalOf(processes: readonly CallEvidence[], name: string): string[] {
  const found = processes.flatMap(({ elimination }) => elimination ?? []);
  const flaws = found.filter(({ kind }) => kind !== 'kept');
  const [flaw] = flaws;
  if (flaw === undefined || 2 * flaws.length < processes.length) return [];
  if (flaw.kind === 'does not scale')
    return [
      `twice the calls of ${name} take only ${flaw.ratio.toFixed(2)} times as long: the optimiser removed its work`,
    ];
  const [ns, emptyNs] = [flaw.perCallNs, flaw.emptyPerCallNs].map((value) => value.toFixed(2));
  return [
    `a call of ${name} takes ${ns} ns, an empty function ${emptyNs} ns: the optimiser removed its work`,
  ];
}

function nanoseconds(durationMs: number): string {
  return `${Number((durationMs * NS_PER_MS).toPrecision(2))} ns`;
}

/** The result without its claim, nor one on the CPU time. */
export function withhold(result: BenchResult, { reason, remedy }: Withheld): BenchResult {
  const verdict: Verdict = { kind: 'inconclusive', reason, remedy };
  const without = { verdict, pairsToSettle: null };
  const { wall, cpu, memory } = result.metrics;
  return {
    ...result,
    ...without,
    metrics: { wall: { ...wall, ...without }, cpu: { ...cpu, ...without }, memory },
  };
}
