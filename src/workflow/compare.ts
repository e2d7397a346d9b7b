import { OutpaceError } from '../base/errors.ts';
import { type Comparison, compareLoneProfiles, compareProfiles } from '../compare/comparison.ts';
import { findImplementations } from '../store/implementations.ts';
import { newestReport, readStored, type Stored } from '../store/reports.ts';

export interface CompareRequest {
  readonly root: string;
  readonly job: string;
  readonly reportsDir: string;
  /** Each a name, whose newest report is meant, or a report's file. */
  readonly before: string;
  readonly after: string;
  /** Names from the settings. */
  readonly configured: readonly string[];
  readonly toleranceRatio: number;
}

export async function compare(request: CompareRequest): Promise<Comparison> {
  const { implementations } = await findImplementations(request.root);
  const names = new Set([...implementations.keys(), ...request.configured]);
  const load = async (side: string): Promise<Stored & { readonly skipped: readonly string[] }> =>
    names.has(side) || !/[./\\]/.test(side)
      ? { kind: 'report', ...(await newestReport({ ...request, implementation: side })) }
      : { ...(await readStored(side)), skipped: [] };
  const [before, after] = [await load(request.before), await load(request.after)];
  const comparison = compareStored(before, after, request.toleranceRatio);
  const skipped = [...before.skipped, ...after.skipped].map((why) => `passed over: ${why}`);
  return { ...comparison, warnings: [...comparison.warnings, ...skipped] };
}

function compareStored(before: Stored, after: Stored, toleranceRatio: number): Comparison {
  if (before.kind === 'report' && after.kind === 'report')
    return compareProfiles(before, after, { toleranceRatio, paired: null });
  if (before.kind === 'profile' && after.kind === 'profile') return compareLoneProfiles(before, after);
  const lone = before.kind === 'profile' ? before.file : after.file;
  throw new OutpaceError(
    'USAGE',
    `${lone} is a .cpuprofile and the other side is a report: compare two of a kind; outpace profile writes a report beside its .cpuprofile`,
  );
}
