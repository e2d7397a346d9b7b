import { globSync } from 'node:fs';
import { join } from 'node:path';
import { outpace, project } from './outpace.ts';
import { rawFromColumns } from './profile-from-columns.ts';

const COLUMN_US = 100_000;

/**
 * The report of two recordings drawn as text, one column 100 ms.
 *
 * @returns the page's file
 */
export async function drawnReport(sides: {
  readonly before: string;
  readonly after: string;
}): Promise<string> {
  const written = (picture: string) => JSON.stringify(rawFromColumns(picture, COLUMN_US));
  const root = await project({
    'before.cpuprofile': written(sides.before),
    'after.cpuprofile': written(sides.after),
    'package.json': '{"name":"drawn"}',
  });
  const { exitCode, stderr } = await outpace(root, ['report', './before.cpuprofile', './after.cpuprofile']);
  const [page] = globSync('reports/*.html', { cwd: root });
  if (exitCode !== 0 || page === undefined) throw new Error(`no report was written: ${stderr}`);
  return join(root, page);
}
