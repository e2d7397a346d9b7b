import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchReport } from '../compare/bench-report.ts';
import { parseBenchReport } from '../compare/bench-report-schema.ts';

export interface StoredBenchReport {
  readonly file: string;
  readonly report: BenchReport;
}

/**
 * The newest bench that is what is asked for, by the `startedAt` inside it; null where there is none. One that cannot be
 * read is none: a report is complete without.
 */
export async function newestBench(
  reportsDir: string,
  fits: (report: BenchReport) => boolean,
): Promise<StoredBenchReport | null> {
  const names = await readdir(reportsDir).catch((): string[] => []);
  let newest: StoredBenchReport | null = null;
  for (const name of names.filter((one) => one.endsWith('_bench.json') && !one.startsWith('.'))) {
    const file = join(reportsDir, name);
    const report = await readBench(file);
    if (report === null || !fits(report)) continue;
    if (newest === null || Date.parse(report.startedAt) > Date.parse(newest.report.startedAt))
      newest = { file, report };
  }
  return newest;
}

async function readBench(file: string): Promise<BenchReport | null> {
  try {
    return parseBenchReport(JSON.parse(await readFile(file, 'utf8')), file);
  } catch {
    return null;
  }
}
