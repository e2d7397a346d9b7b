import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newestReport, readStored } from '../../src/store/reports.ts';
import { project } from '../support/outpace.ts';
import { sampleReport } from '../support/sample-report.ts';

const text = (known: Parameters<typeof sampleReport>[0]) => JSON.stringify(sampleReport(known));

test('the newest goes by the time inside, not by name; a broken one is passed over and said', async () => {
  const reportsDir = await project({
    '2026-01-01_00-00-00-job_old_profile.json': text({ job: 'job', startedAt: '2026-05-01T00:00:00.000Z' }),
    '2026-09-09_00-00-00-job_old_profile.json': text({ job: 'job', startedAt: '2026-04-01T00:00:00.000Z' }),
    '2026-09-09_00-00-00-my-job_old_profile.json': text({
      job: 'my-job',
      startedAt: '2027-01-01T00:00:00.000Z',
    }),
    '2026-09-09_00-00-01-job_old_profile.json': '{"cut',
    'notes.txt': 'mine',
  });
  const found = await newestReport({ reportsDir, job: 'job', implementation: 'old' });
  expect(found.file).toBe(join(reportsDir, '2026-01-01_00-00-00-job_old_profile.json'));
  expect(found.skipped).toEqual([
    expect.stringContaining('2026-09-09_00-00-01-job_old_profile.json is not JSON'),
  ]);
});

test('where there is none, it says what makes one', async () => {
  const reportsDir = await project({});
  await expect(newestReport({ reportsDir, job: 'job', implementation: 'old' })).rejects.toMatchObject({
    code: 'MISSING_REPORT',
    message: expect.stringContaining('`outpace profile old`'),
  });
});

const frame = { functionName: 'f', url: '', lineNumber: -1, columnNumber: -1 };
const profile = (nodes: object[]) =>
  JSON.stringify({ nodes, samples: [1], timeDeltas: [0], startTime: 0, endTime: 1 });

describe('a file that is no report', () => {
  test.each([
    { name: 'empty.json', holds: '', code: 'MALFORMED_REPORT', says: 'it is empty' },
    { name: 'cut.json', holds: '{"kind":', code: 'MALFORMED_REPORT', says: 'is not JSON' },
    { name: 'null.json', holds: 'null', code: 'MALFORMED_REPORT', says: 'not an outpace profile report' },
    { name: 'foreign.json', holds: '{"a":1}', code: 'MALFORMED_REPORT', says: 'schemaVersion' },
    {
      name: 'newer.json',
      holds: text({}).replace('"schemaVersion":1', '"schemaVersion":2'),
      code: 'MALFORMED_REPORT',
      says: 'schemaVersion',
    },
    {
      name: 'no-runs.json',
      holds: text({}).replace(/"runsMs":\[[^\]]*\]/, '"runsMs":[]'),
      code: 'MALFORMED_REPORT',
      says: 'timing.runsMs',
    },
    {
      name: 'zero.json',
      holds: text({}).replace(/"runsMs":\[[^\]]*\]/, '"runsMs":[0]'),
      code: 'MALFORMED_REPORT',
      says: 'timing.runsMs.0',
    },
    {
      name: 'cut.cpuprofile',
      holds: '{"nodes":[',
      code: 'MALFORMED_PROFILE',
      says: 'at byte 10: expected an object or "]", found the end of the file',
    },
    { name: 'empty.cpuprofile', holds: '', code: 'MALFORMED_PROFILE', says: 'it is empty' },
    { name: 'foreign.cpuprofile', holds: '{}', code: 'MALFORMED_PROFILE', says: 'it has no nodes' },
    {
      name: 'cyclic.cpuprofile',
      holds: profile([
        { id: 1, callFrame: frame },
        { id: 2, callFrame: frame, children: [3] },
        { id: 3, callFrame: frame, children: [2] },
      ]),
      code: 'MALFORMED_PROFILE',
      says: 'form a cycle',
    },
  ])('$name: $says', async ({ name, holds, code, says }) => {
    const root = await project({});
    const file = join(root, name);
    await writeFile(file, holds);
    await expect(readStored(file)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
    await expect(readStored(file)).rejects.toMatchObject({ message: expect.stringContaining(file) });
  });

  test.each(['a.cpuprofile', 'a.json'])('a .cpuprofile is known as one, also as %s', async (name) => {
    const root = await project({ [name]: profile([{ id: 1, callFrame: frame }]) });
    expect(await readStored(join(root, name))).toMatchObject({ kind: 'profile' });
  });
});
