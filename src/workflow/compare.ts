import { OutpaceError } from '../base/errors.ts';
import { type Comparison, type ComparisonOptions, compareProfiles } from '../compare/comparison.ts';
import { compareLoneProfiles } from '../compare/lone-comparison.ts';
import type { OutputRule } from '../compare/mismatches.ts';
import { DEFAULT_SESSION_MARGIN, sessionMarginOf } from '../compare/session-verdict.ts';
import { storedNoises } from '../store/noise.ts';
import type { Stored } from '../store/reports.ts';
import { loadPair } from './load-pair.ts';
import type { LoadRequest } from './load-side.ts';

export interface CompareRequest extends LoadRequest {
  /** Each a name, whose newest report is meant, or a file. */
  readonly before: string;
  readonly after: string;
  readonly toleranceRatio: number;
  readonly outputs: OutputRule;
}

export async function compare(request: CompareRequest): Promise<Comparison> {
  const { before, after } = await loadPair(request, request);
  const sessionMarginRatio = await sessionMargin(request, after);
  const comparison = compareStored(before, after, { ...request, paired: null, sessionMarginRatio });
  return withSkipped(comparison, [...before.skipped, ...after.skipped]);
}

/** How far apart two sessions measure the same program on the machine of a stored side, from its calibrations. */
export async function sessionMargin(
  { reportsDir }: Pick<LoadRequest, 'reportsDir'>,
  side: Stored,
): Promise<number> {
  if (side.kind !== 'report') return DEFAULT_SESSION_MARGIN;
  return sessionMarginOf(await storedNoises(reportsDir, { ...side.report, mode: 'cold', metric: 'wall' }));
}

/** Says which files were passed over, and why. */
export function withSkipped(comparison: Comparison, skipped: readonly string[]): Comparison {
  const warnings = skipped.map((why) => `passed over: ${why}`);
  return { ...comparison, warnings: [...comparison.warnings, ...warnings] };
}

/** @throws OutpaceError USAGE for a report on one side and a .cpuprofile on the other */
export function compareStored(before: Stored, after: Stored, options: ComparisonOptions): Comparison {
  if (before.kind === 'report' && after.kind === 'report') return compareProfiles(before, after, options);
  if (before.kind === 'profile' && after.kind === 'profile') return compareLoneProfiles(before, after);
  const lone = before.kind === 'profile' ? before.file : after.file;
  throw new OutpaceError(
    'USAGE',
    `${lone} is a recording and the other side is a report: compare two of a kind; outpace profile writes a report beside its .cpuprofile`,
  );
}
