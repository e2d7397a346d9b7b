import * as v from 'valibot';
import { ProfileHeaderSchema } from '../compare/profile-report.ts';
import { readHeads } from './report-heads.ts';
import { readJson } from './reports.ts';

const FIELDS: ReadonlySet<string> = new Set(Object.keys(ProfileHeaderSchema.entries));

/** What a report says of its run before its figures, with the file that it stands in. */
export type ReportHeader = v.InferOutput<typeof ProfileHeaderSchema> & { readonly file: string };

/**
 * The headers of all reports of one implementation, in no order; files that hold none are left out.
 *
 * @throws OutpaceError MISSING_REPORT where the folder is there and cannot be read
 */
export async function reportHeaders(options: {
  readonly reportsDir: string;
  readonly job: string;
  readonly implementation: string;
}): Promise<ReportHeader[]> {
  const { reportsDir, job, implementation } = options;
  const ending = `-${job}_${implementation}_profile.json`;
  const isWanted = (name: string): boolean => name.endsWith(ending);
  const headers: ReportHeader[] = [];
  for await (const { file, head } of readHeads(reportsDir, { isWanted, wanted: FIELDS })) {
    const parsed = v.safeParse(ProfileHeaderSchema, head ?? (await readJson(file).catch(() => null)));
    // A job `x-y` has files that end as those of a job `y`.
    if (parsed.success && parsed.output.job === job && parsed.output.implementation === implementation) {
      headers.push({ ...parsed.output, file });
    }
  }
  return headers;
}
