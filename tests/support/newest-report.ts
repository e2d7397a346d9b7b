import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProfileReport, parseProfileReport } from '../../src/compare/profile-report.ts';

/** The newest stored profile of a project, with its text. */
export async function newestReport(root: string): Promise<{ report: ProfileReport; text: string }> {
  const stems = (await readdir(join(root, 'reports'))).filter((name) => name.endsWith('_profile.json'));
  const stem = join(root, 'reports', (stems.sort().at(-1) ?? '').replace(/\.json$/, ''));
  const [json, text] = [await readFile(`${stem}.json`, 'utf8'), await readFile(`${stem}.txt`, 'utf8')];
  return { report: parseProfileReport(JSON.parse(json), stem), text };
}
