import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { ProfileHeaderSchema } from '../compare/profile-report.ts';
import { readJson } from './reports.ts';

/** What a report says of its run before its figures, with the file that it stands in. */
export type ReportHeader = v.InferOutput<typeof ProfileHeaderSchema> & { readonly file: string };

/** The headers of all reports of one implementation, in no order; files that hold none are left out. */
export async function reportHeaders(options: {
  readonly reportsDir: string;
  readonly job: string;
  readonly implementation: string;
}): Promise<ReportHeader[]> {
  const { reportsDir, job, implementation } = options;
  const ending = `-${job}_${implementation}_profile.json`;
  const names = await readdir(reportsDir).catch((): string[] => []);
  const headers: ReportHeader[] = [];
  for (const name of names) {
    if (!name.endsWith(ending) || name.startsWith('.')) continue;
    const header = await headerOf(join(reportsDir, name));
    // A job `x-y` has files that end as those of a job `y`.
    if (header?.job === job && header.implementation === implementation) headers.push(header);
  }
  return headers;
}

async function headerOf(file: string): Promise<ReportHeader | null> {
  // The whole only where the fields that lead it are not a header.
  for (const read of [leadingFields, readJson]) {
    const parsed = v.safeParse(ProfileHeaderSchema, await read(file).catch(() => null));
    if (parsed.success) return { ...parsed.output, file };
  }
  return null;
}

/** Most headers are shorter: a folder of ten thousand reports is looked through in about a second. */
const HEAD_BYTES = 4096;
/** The first field after the header, where outpace wrote the file. */
const FIGURES = '"timing":';

/**
 * The fields before the figures, without reading the figures.
 *
 * @throws SyntaxError where they are not laid out so
 */
async function leadingFields(file: string): Promise<unknown> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    const head = text.slice(0, text.indexOf(FIGURES)).trimEnd();
    // Not closed where the field is one of the input's: then this is no JSON.
    return JSON.parse(`${head.slice(0, -1)}}`);
  } finally {
    await handle.close();
  }
}
