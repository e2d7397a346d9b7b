import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storedRuns } from '../../src/store/stored-runs.ts';
import { project } from '../support/outpace.ts';
import { sampleReport } from '../support/sample-report.ts';

const text = (job: string) => JSON.stringify(sampleReport({ job }));

test('the runs of a job, a file at a time; what cannot be used is told, what is another’s is not', async () => {
  const reportsDir = await project({
    '2026-01-01_00-00-00-job_old_profile.json': text('job'),
    '2026-01-01_00-00-00-job_old_profile.txt': 'its text',
    '2026-01-02_00-00-00-my-job_old_profile.json': text('my-job'),
    '2026-01-03_00-00-00-job_old_new_bench.json': '{"cut',
    '2026-01-04_00-00-00-job_old_noise.json': '{}',
    '2026-01-05_00-00-00-other_old_profile.json': 'not even read',
    '.2026-01-06_00-00-00-job_old_profile.json.partial': '{}',
  });
  await mkdir(join(reportsDir, '2026-01-07_00-00-00-job_old_profile.json'));
  const found = await Array.fromAsync(storedRuns(reportsDir, 'job'));
  expect(found).toEqual([
    {
      kind: 'runs',
      file: join(reportsDir, '2026-01-01_00-00-00-job_old_profile.json'),
      runs: [expect.objectContaining({ implementation: 'old', timesMs: [1000, 1100, 1200, 1300] })],
    },
    { kind: 'passed over', why: expect.stringContaining('new_bench.json is not JSON') },
    { kind: 'passed over', why: expect.stringMatching(/2026-01-07.* cannot be read: EISDIR/) },
  ]);
});

test('no folder is no run', async () => {
  expect(await Array.fromAsync(storedRuns(join(await project({}), 'reports'), 'job'))).toEqual([]);
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a folder that cannot be read is told',
  async () => {
    const reportsDir = await project({});
    await chmod(reportsDir, 0o000);
    await expect(Array.fromAsync(storedRuns(reportsDir, 'job'))).rejects.toMatchObject({
      code: 'MISSING_REPORT',
    });
  },
);
