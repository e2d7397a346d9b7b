import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { messageOf, OutpaceError } from '../base/errors.ts';
import type { CpuProfile } from '../profile/model.ts';
import { parseCpuProfile } from '../profile/parse-cpu-profile.ts';
import type { StoredReport } from './reports.ts';

/** The threads that were recorded with a report, main first, by the names in it. */
export interface StoredThread {
  readonly name: string;
  readonly profile: CpuProfile;
}

/**
 * The .cpuprofile files that belong to a report.
 *
 * @throws OutpaceError MISSING_REPORT where they are gone, MALFORMED_PROFILE
 */
export async function readThreads(
  { file, report }: StoredReport,
  profilesDir: string,
): Promise<StoredThread[]> {
  const stem = basename(file, '.json');
  const names = await readdir(profilesDir).catch((): string[] => []);
  const workers = names
    .filter((name) => name.startsWith(`${stem}.worker-`) && name.endsWith('.cpuprofile'))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
  if (!names.includes(`${stem}.cpuprofile`)) {
    throw new OutpaceError(
      'MISSING_REPORT',
      `${profilesDir} has no ${stem}.cpuprofile, which belongs to ${file}`,
    );
  }
  const threads: StoredThread[] = [];
  for (const [index, name] of [`${stem}.cpuprofile`, ...workers].entries()) {
    const path = join(profilesDir, name);
    threads.push({ name: report.threads[index]?.name ?? name, profile: await readProfile(path) });
  }
  return threads;
}

async function readProfile(path: string): Promise<CpuProfile> {
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new OutpaceError('MALFORMED_PROFILE', `${path} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return parseCpuProfile(raw, path);
}

function numberOf(name: string): number {
  return Number(/\.worker-(\d+)\./.exec(name)?.[1]);
}
