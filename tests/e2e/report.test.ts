/** `outpace report` as a person types it. What the page shows is tested in a browser, in tests/browser. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PageData, PageFrame } from '../../src/render/html/model.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';
import { measuredProject } from '../support/report-project.ts';

/** What stands in a page. */
function dataIn(file: string): PageData {
  const html = readFileSync(file, 'utf8');
  const textOf = (id: string) => new RegExp(`id="${id}">([^<]*)<`).exec(html)?.[1] ?? '';
  const figures = JSON.parse(inflateRawSync(Buffer.from(textOf('figures'), 'base64')).toString());
  return { ...figures, recordings: JSON.parse(textOf('recordings')) };
}

describe('a page of stored runs', () => {
  let measured: Awaited<ReturnType<typeof measuredProject>>;
  beforeAll(async () => {
    measured = await measuredProject();
  }, 60_000);

  test('gain writes one, with its pairs and both recordings, and nothing of the machine’s folders', () => {
    const { file, root, bench } = measured;
    const data = dataIn(file);
    expect(data.bench).toEqual(bench);
    expect(data.recordings.before?.threads).toHaveLength(1);
    expect(data.recordings.after?.threads).toHaveLength(2);
    expect(JSON.stringify(data).includes(root)).toBe(false);
    expect(readFileSync(file).length).toBeLessThan(300_000);
  });

  test('report finds the newest runs and the bench that fits them: the same gain again', async () => {
    const { root, comparison } = measured;
    const { stdout, stderr } = await outpaceHere(root, ['report']);
    expect(stdout).toMatch(/^reports\/\S+-sums_old_new_report\.html$/);
    expect(stderr).not.toContain('separate sessions');
    const again = dataIn(join(root, stdout)).comparison;
    expect({ gain: again.gainRatio, verdict: again.verdict, split: again.split }).toEqual({
      ...{ gain: comparison.gainRatio, verdict: comparison.verdict, split: comparison.split },
    });
    expect(again.functions).toEqual(comparison.functions);
  });

  test('report --json says where it is, and what is on it', async () => {
    const { root } = measured;
    const { stdout, stderr } = await outpaceHere(root, ['report', 'old', 'new', '--json']);
    const printed = JSON.parse(stdout);
    expect(stderr).toBe('');
    expect(printed).toMatchObject({ schemaVersion: 1, kind: 'report', comparison: { kind: 'comparison' } });
    expect(printed.benchFile).toMatch(/_bench\.json$/);
    expect(dataIn(printed.file).comparison.functions).toEqual(printed.comparison.functions);
  });

  test.skipIf(process.platform === 'win32')('report --open shows it in the browser', async () => {
    const { root } = measured;
    const browser = join(root, 'browser.sh');
    await writeFile(
      browser,
      '#!/bin/sh\nprintf %s "$1" > "$(dirname "$0")/opened.tmp"\nmv "$(dirname "$0")/opened.tmp" "$(dirname "$0")/opened"\n',
    );
    await chmod(browser, 0o755);
    const { stdout, exitCode } = await outpace(root, ['report', '--open'], { BROWSER: browser });
    expect(exitCode).toBe(0);
    await expect.poll(() => readFile(join(root, 'opened'), 'utf8').catch(() => '')).toBe(join(root, stdout));
    const none = await outpace(root, ['report', '--open'], { BROWSER: join(root, 'no-such-browser') });
    expect(none).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/_report\.html$/) });
    expect(none.stderr).toContain('no-such-browser cannot be started to show');
  });

  test('pairs of another input are not taken for these', async () => {
    const { root } = measured;
    const [bench = ''] = globSync('reports/*_bench.json', { cwd: root });
    const text = await readFile(join(root, bench), 'utf8');
    await writeFile(join(root, bench), text.replace('"rounds": 60', '"rounds": 1'));
    const { stdout } = await outpaceHere(root, ['report', '--json']);
    await writeFile(join(root, bench), 'not JSON');
    const unreadable = await outpaceHere(root, ['report', '--json']);
    await writeFile(join(root, bench), text);
    for (const printed of [stdout, unreadable.stdout]) {
      expect(JSON.parse(printed)).toMatchObject({ benchFile: null });
      expect(JSON.parse(printed).comparison.warnings.join()).toContain('separate sessions');
    }
  });

  test('without the recordings the page says so, and has all the rest', async () => {
    const { root } = measured;
    const [profile = ''] = globSync('profiles/*old_profile.cpuprofile', { cwd: root });
    const text = await readFile(join(root, profile), 'utf8');
    await rm(join(root, profile));
    const { stdout, stderr, exitCode } = await outpaceHere(root, ['report']);
    await writeFile(join(root, profile), text);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('no flame graph and no timeline of before');
    const data = dataIn(join(root, stdout));
    expect(data.recordings).toMatchObject({ before: null, after: { threads: expect.anything() } });
    expect(data.comparison.warnings.join()).toContain('no flame graph');
    expect(JSON.stringify(data).includes(root)).toBe(false);
  });
});

test('functions of a bundle are those that were written, in the recording as in the table', async () => {
  const root = await project({
    'package.json': '{"name":"bundled","type":"module"}',
    'lib/job.ts': `export function digits(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 65521;
  return sum;
}

export function run(): number {
  let sum = 0;
  for (let i = 0; i < 400_000; i += 1) sum += digits(String(i));
  return sum;
}
`,
    'outpace.config.mjs':
      "export default { implementations: { old: './dist/job.js', new: './dist/job.js' } };",
  });
  await build({
    entryPoints: [join(root, 'lib/job.ts')],
    outfile: join(root, 'dist/job.js'),
    ...{ bundle: true, format: 'esm', minify: true, sourcemap: true, logLevel: 'silent' },
  });
  for (const side of ['old', 'new']) await outpaceHere(root, ['profile', side, '--runs', '1', '--quiet']);
  const { stdout } = await outpaceHere(root, ['report']);
  const { comparison, recordings } = dataIn(join(root, stdout));
  const frames: PageFrame[] = JSON.parse(
    inflateRawSync(Buffer.from(recordings.before?.frames ?? '', 'base64')).toString(),
  );
  const frame = frames.find(
    ({ file, name }) => file === 'lib/job.ts' && (name === 'run' || name === 'digits'),
  );
  expect(comparison.functions[frame?.row ?? -1]).toMatchObject({ name: frame?.name, file: 'lib/job.ts' });
});

describe('what cannot be shown', () => {
  test.each([
    { what: 'a name without a report', args: ['old', 'new'], says: "no report of 'old'" },
    {
      what: 'a file that is not there',
      args: ['./gone.json', './gone.json'],
      says: 'gone.json cannot be read',
    },
    { what: 'an empty file', args: ['./empty.cpuprofile', './empty.cpuprofile'], says: 'it is empty' },
    { what: 'too many arguments', args: ['a', 'b', 'c'], says: 'too many arguments' },
  ])('$what is an error, and nothing is written', async ({ args, says }) => {
    const root = await project({ 'empty.cpuprofile': '', 'package.json': '{}' });
    const { exitCode, stderr, stdout } = await outpaceHere(root, ['report', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(says);
    expect(readdirSync(root).toSorted()).toEqual(['empty.cpuprofile', 'package.json']);
  });
});
