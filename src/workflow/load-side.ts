import { findImplementations } from '../store/implementations.ts';
import { newestReport, readStored, type Stored } from '../store/reports.ts';

export interface LoadRequest {
  readonly root: string;
  readonly job: string;
  readonly reportsDir: string;
  /** Names from the settings. */
  readonly configured: readonly string[];
}

/** What a person names: an implementation, whose newest report is meant, or a file. */
export async function loadSide(
  request: LoadRequest,
  side: string,
): Promise<Stored & { readonly skipped: readonly string[] }> {
  const { implementations } = await findImplementations(request.root);
  const names = new Set([...implementations.keys(), ...request.configured]);
  return names.has(side) || !/[./\\]/.test(side)
    ? { kind: 'report', ...(await newestReport({ ...request, implementation: side })) }
    : { ...(await readStored(side)), skipped: [] };
}
