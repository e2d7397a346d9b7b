import { type Comparison, compareProfiles } from '../compare/comparison.ts';
import { findImplementations } from '../store/implementations.ts';
import { type NewestReport, newestReport, readReport } from '../store/reports.ts';

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
  const load = async (side: string): Promise<NewestReport> =>
    names.has(side) || !/[./\\]/.test(side)
      ? newestReport({ ...request, implementation: side })
      : { ...(await readReport(side)), skipped: [] };
  const [before, after] = [await load(request.before), await load(request.after)];
  const comparison = compareProfiles(before, after, { toleranceRatio: request.toleranceRatio, paired: null });
  const skipped = [...before.skipped, ...after.skipped].map((why) => `passed over: ${why}`);
  return { ...comparison, warnings: [...comparison.warnings, ...skipped] };
}
