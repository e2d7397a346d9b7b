import { type Comparison, compareProfiles } from '../compare/comparison.ts';
import { findImplementations } from '../store/implementations.ts';
import { newestReport, readReport, type StoredReport } from '../store/reports.ts';

export interface CompareRequest {
  readonly root: string;
  readonly job: string;
  readonly reportsDir: string;
  /** Each a name, whose newest report is meant, or a report's file. */
  readonly before: string;
  readonly after: string;
  readonly toleranceRatio: number;
}

export async function compare(request: CompareRequest): Promise<Comparison> {
  const known = await findImplementations(request.root);
  const load = (side: string): Promise<StoredReport> =>
    known.has(side) || !/[./\\]/.test(side)
      ? newestReport({ ...request, implementation: side })
      : readReport(side);
  return compareProfiles(await load(request.before), await load(request.after), request.toleranceRatio);
}
