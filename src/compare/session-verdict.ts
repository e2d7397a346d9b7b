import type { Estimate } from '../stats/estimate.ts';
import { studentUpperQuantile } from '../stats/student.ts';
import type { NoiseReport } from './noise-report.ts';
import type { Verdict } from './verdict.ts';

/** How far apart two sessions measure the same program, where this machine was not calibrated in several sessions. */
export const DEFAULT_SESSION_MARGIN = 0.15;

const LEAST_LEVEL = 0.95;

/**
 * What two sets of runs from separate sessions show. What changed between the sessions is not in their interval: a claim
 * needs 95 % confidence and the whole interval beyond the margin.
 *
 * @param gainRatio (old − new) / old with its interval
 * @param remedy what shows more: measuring both sides in turns
 */
export function sessionVerdict(
  { low, high, confidenceLevel }: Estimate,
  { marginRatio, remedy }: { readonly marginRatio: number; readonly remedy: string },
): Verdict {
  if (confidenceLevel >= LEAST_LEVEL && low > marginRatio) return { kind: 'faster' };
  if (confidenceLevel >= LEAST_LEVEL && high < -marginRatio) return { kind: 'slower' };
  return { kind: 'inconclusive', remedy };
}

/** A side, as it is named on a command line. */
export interface MeasuredSide {
  readonly implementation: string;
  readonly commit: string | null;
}

/** The command that measures two sides in turns; of one implementation, its state at a commit against that now. */
export function interleavedRemedy(before: MeasuredSide, after: MeasuredSide): string {
  if (before.implementation !== after.implementation)
    return `outpace bench ${before.implementation} ${after.implementation}`;
  return `outpace check --against ${before.commit?.slice(0, 8) ?? '<commit>'}`;
}

/**
 * The margin that calibrations give: with s the standard deviation of ln(time) over n sessions, two more sessions differ
 * by less than √2 · s · t(n − 1) with 95 % confidence. It is no less than what one session does not exclude.
 *
 * @param noises calibrations of one job on one machine
 * @returns a ratio; `DEFAULT_SESSION_MARGIN` where no implementation was calibrated in two sessions
 */
export function sessionMarginOf(noises: readonly NoiseReport[]): number {
  const timed = noises.filter(({ wallMs }) => wallMs !== undefined);
  const groups = [...Map.groupBy(timed, ({ implementation }) => implementation).values()];
  const margins = groups.filter(({ length }) => length >= 2).map(marginOfSessions);
  return margins.length === 0 ? DEFAULT_SESSION_MARGIN : Math.max(...margins);
}

function marginOfSessions(sessions: readonly NoiseReport[]): number {
  const logs = sessions.map(({ wallMs }) => Math.log(wallMs?.point ?? Number.NaN));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
  const reach = Math.sqrt(2 * variance) * studentUpperQuantile(0.025, logs.length - 1);
  return Math.max(Math.expm1(reach), ...sessions.map(({ noiseRatio }) => noiseRatio));
}
