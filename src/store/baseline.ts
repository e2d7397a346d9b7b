import { readFile } from 'node:fs/promises';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';
import {
  type Baseline,
  baselineText,
  EMPTY_BASELINE,
  type JobBaseline,
  parseBaseline,
} from '../compare/baseline.ts';
import { writeWhole } from './output-file.ts';

/** @throws OutpaceError MISSING_REPORT where there is no such file or job, MALFORMED_REPORT */
export async function readBaseline(file: string, job: string): Promise<JobBaseline> {
  const baseline = await baselineIn(file);
  const remedy = `\`outpace check --update-baseline --baseline ${file} --job ${job}\` makes it`;
  if (baseline === null) throw new OutpaceError('MISSING_REPORT', `there is no ${file}: ${remedy}`);
  const own = Object.hasOwn(baseline.jobs, job) ? baseline.jobs[job] : undefined;
  if (own !== undefined) return own;
  const known = Object.keys(baseline.jobs).join(', ');
  throw new OutpaceError(
    'MISSING_REPORT',
    `${file} has nothing of the job ${job} (but of ${known}): ${remedy}`,
  );
}

/** Puts one job's figures in the place of those before; the other jobs' stay. */
export async function updateBaseline(
  file: string,
  { job, baseline }: { readonly job: string; readonly baseline: JobBaseline },
): Promise<void> {
  const known = (await baselineIn(file)) ?? EMPTY_BASELINE;
  await writeWhole(file, baselineText({ ...known, jobs: { ...known.jobs, [job]: baseline } }));
}

async function baselineIn(file: string): Promise<Baseline | null> {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw new OutpaceError('MISSING_REPORT', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  if (text === null) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new OutpaceError('MALFORMED_REPORT', `${file} is not JSON: ${messageOf(error)}`, { cause: error });
  }
  return parseBaseline(raw, file);
}
