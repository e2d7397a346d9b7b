import { OutpaceError } from '../base/errors.ts';
import { findImplementations, START_HERE } from '../store/implementations.ts';
import { newestReport, readStored, type Stored } from '../store/reports.ts';

export interface LoadRequest {
  readonly root: string;
  readonly job: string;
  readonly reportsDir: string;
  /** Names from the settings. */
  readonly configured: readonly string[];
}

/** What a person named, as it was read. */
export type Loaded = Stored & {
  /** Whether it was an implementation's name, which stands for its newest report. */
  readonly byName: boolean;
  /** Which files were passed over, and why. */
  readonly skipped: readonly string[];
};

/** What a person names: an implementation, whose newest report is meant, or a file. */
export async function loadSide(request: LoadRequest, side: string): Promise<Loaded> {
  const { implementations } = await findImplementations(request.root);
  const names = new Set([...implementations.keys(), ...request.configured]);
  if (!names.has(side) && /[./\\]/.test(side))
    return { ...(await readStored(side)), byName: false, skipped: [] };
  try {
    const newest = await newestReport({ ...request, implementation: side });
    return { kind: 'report', ...newest, byName: true };
  } catch (error) {
    if (names.size > 0 || !(error instanceof OutpaceError) || error.code !== 'MISSING_REPORT') throw error;
    throw new OutpaceError(error.code, `${error.message}\n${START_HERE}`, { cause: error });
  }
}
