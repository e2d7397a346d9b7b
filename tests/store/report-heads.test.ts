import { open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProfileReport } from '../../src/compare/profile-report.ts';
import { newestBench } from '../../src/store/benches.ts';
import { readHead } from '../../src/store/report-heads.ts';
import { newestReport } from '../../src/store/reports.ts';
import { storedRuns } from '../../src/store/stored-runs.ts';
import { project } from '../support/outpace.ts';
import { sampleBench } from '../support/sample-bench.ts';
import { sampleReport } from '../support/sample-report.ts';

/** More than any string can hold: whoever reads such a file whole fails. */
const HUGE_BYTES = 3 * 2 ** 30;

/** A report whose functions never end, as far as anybody reads; the disk keeps its first and last bytes alone. */
async function writeHuge(file: string, report: object): Promise<void> {
  const text = JSON.stringify(report, null, 1);
  await writeFile(file, text.slice(0, -2));
  const handle = await open(file, 'r+');
  await handle.write('\n}\n', HUGE_BYTES);
  await handle.close();
}

const older = (known: Partial<ProfileReport> = {}) =>
  sampleReport({ job: 'job', startedAt: '2026-01-01T00:00:00.000Z', ...known });
const newer = () => sampleReport({ job: 'job', startedAt: '2026-02-01T00:00:00.000Z' });
const nameOf = (day: number) => `2026-01-0${day}_00-00-00-job_old_profile.json`;

test('the newest report is found by the beginnings of the others', async () => {
  const reportsDir = await project({ [nameOf(1)]: JSON.stringify(newer()) });
  await writeHuge(join(reportsDir, nameOf(2)), older());
  await writeHuge(join(reportsDir, nameOf(3)), older({ job: 'another' }));
  const found = await newestReport({ reportsDir, job: 'job', implementation: 'old' });
  expect({ file: found.file, skipped: found.skipped }).toEqual({
    file: join(reportsDir, nameOf(1)),
    skipped: [],
  });
});

test('history takes what it shows from the beginnings', async () => {
  const reportsDir = await project({ [nameOf(1)]: JSON.stringify(newer()) });
  await writeHuge(join(reportsDir, nameOf(2)), older());
  const found = await Array.fromAsync(storedRuns(reportsDir, 'job'));
  expect(found).toMatchObject([
    { kind: 'runs', runs: [{ startedAt: '2026-02-01T00:00:00.000Z' }] },
    { kind: 'runs', runs: [{ startedAt: '2026-01-01T00:00:00.000Z', timesMs: [1000, 1100, 1200, 1300] }] },
  ]);
});

test('a bench of something else is known by its beginning, and of those that fit the newest is taken', async () => {
  const report = newer();
  const bench = (startedAt: string) => ({ ...sampleBench(report), startedAt });
  const reportsDir = await project({
    'a_bench.json': JSON.stringify(bench('2026-02-02T00:00:00.000Z')),
    'b_bench.json': JSON.stringify(bench('2026-02-01T00:00:00.000Z')),
    'c_bench.json': '{"cut',
  });
  await writeHuge(join(reportsDir, 'd_bench.json'), { ...bench('2026-02-03T00:00:00.000Z'), job: 'another' });
  const asked = { mayFit: (head: { readonly job?: unknown }) => head.job === 'job', fits: () => true };
  expect((await newestBench(reportsDir, asked))?.file).toBe(join(reportsDir, 'a_bench.json'));
  expect(
    (await newestBench(reportsDir, { ...asked, fits: ({ startedAt }) => startedAt < '2026-02-02' }))?.file,
  ).toBe(join(reportsDir, 'b_bench.json'));
});

test('members in another order, or behind a long one: the file is read as far as need be', async () => {
  const report = older();
  const { schemaVersion, kind, ...rest } = report;
  const filler = { filler: 'x'.repeat(200_000) };
  const reportsDir = await project({
    [nameOf(1)]: JSON.stringify({ ...filler, ...rest, schemaVersion, kind }),
    [nameOf(2)]: JSON.stringify({ ...newer(), input: { text: 'y'.repeat(50_000) }, ...filler }),
  });
  await rename(join(reportsDir, nameOf(1)), join(reportsDir, nameOf(3)));
  expect(await newestReport({ reportsDir, job: 'job', implementation: 'old' })).toMatchObject({
    file: join(reportsDir, nameOf(2)),
    skipped: [],
  });
  expect(await Array.fromAsync(storedRuns(reportsDir, 'job'))).toMatchObject([
    { kind: 'runs' },
    { kind: 'runs' },
  ]);
});

test('a long file that was cut off has no head, though it begins well', async () => {
  const text = JSON.stringify({ ...older(), filler: 'x'.repeat(10_000) });
  const root = await project({ 'whole.json': text, 'cut.json': text.slice(0, -1) });
  const wanted = new Set(['job']);
  expect(readHead(join(root, 'whole.json'), wanted)).toMatchObject({ job: 'job' });
  expect(readHead(join(root, 'cut.json'), wanted)).toBeNull();
  expect(readHead(join(root, 'none.json'), wanted)).toBeNull();
});
