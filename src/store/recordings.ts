import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OutpaceError } from '../base/errors.ts';
import type { RecordedThread } from '../profile/model.ts';
import { readRecording } from './recording-file.ts';
import type { StoredReport } from './reports.ts';

/**
 * The threads that were recorded with a report, main first, by the names in it.
 *
 * @throws OutpaceError MISSING_REPORT where they are gone, MALFORMED_PROFILE
 */
export async function readThreads(
  { file, report }: StoredReport,
  profilesDir: string,
): Promise<RecordedThread[]> {
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
  const threads: RecordedThread[] = [];
  for (const [index, name] of [`${stem}.cpuprofile`, ...workers].entries()) {
    const path = join(profilesDir, name);
    for (const { profile } of (await readRecording(path)).threads)
      threads.push({ name: report.threads[index]?.name ?? name, profile });
  }
  return threads;
}

function numberOf(name: string): number {
  return Number(/\.worker-(\d+)\./.exec(name)?.[1]);
}
