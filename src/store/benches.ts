import { readFile } from 'node:fs/promises';
import type { BenchReport } from '../compare/bench-report.ts';
import { parseBenchReport } from '../compare/bench-report-schema.ts';
import { type Head, readHeads } from './report-heads.ts';

export interface StoredBenchReport {
  readonly file: string;
  readonly report: BenchReport;
}

/** What tells whether a bench is one that is asked for; all of it precedes the pairs. */
const HEAD_MEMBERS = new Set(['job', 'startedAt', 'environment', 'input', 'before']);

/**
 * The newest bench that is what is asked for, by the `startedAt` inside it; null where there is none. One that cannot be
 * read is ignored: a report is complete without.
 *
 * @param asked `mayFit` by a file's beginning alone, `fits` by all of it
 */
export async function newestBench(
  reportsDir: string,
  asked: {
    readonly mayFit: (head: Head) => boolean;
    readonly fits: (report: BenchReport) => boolean;
  },
): Promise<StoredBenchReport | null> {
  const candidates: { readonly file: string; readonly startMs: number }[] = [];
  const isWanted = (name: string) => name.endsWith('_bench.json');
  for await (const { file, head } of readHeads(reportsDir, { isWanted, wanted: HEAD_MEMBERS })) {
    const known = head ?? (await readBench(file));
    if (known !== null && asked.mayFit({ ...known }))
      candidates.push({ file, startMs: Date.parse(String(known.startedAt)) });
  }
  for (const { file } of candidates.toSorted((a, b) => b.startMs - a.startMs)) {
    const report = await readBench(file);
    if (report !== null && asked.fits(report)) return { file, report };
  }
  return null;
}

async function readBench(file: string): Promise<BenchReport | null> {
  try {
    return parseBenchReport(JSON.parse(await readFile(file, 'utf8')), file);
  } catch {
    return null;
  }
}
