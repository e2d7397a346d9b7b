import { describe, expect, test } from 'vitest';
import { reportHeaders } from '../../src/store/report-headers.ts';
import { project } from '../support/outpace.ts';
import { sampleReport } from '../support/sample-report.ts';

describe('the headers of the reports of one implementation', () => {
  const input = { timing: { a: 1 }, text: 'x "timing": {', long: 'y'.repeat(5000) };

  test.each([
    { what: 'as outpace writes them', report: sampleReport({ job: 'job' }), spaces: 1 },
    { what: 'in one line', report: sampleReport({ job: 'job' }), spaces: 0 },
    {
      what: 'with a field of the same name in the input',
      report: sampleReport({ job: 'job', input }),
      spaces: 1,
    },
    {
      what: 'with the figures first',
      report: Object.fromEntries(Object.entries(sampleReport({ job: 'job' })).reverse()),
      spaces: 1,
    },
  ])('$what', async ({ report, spaces }) => {
    const reportsDir = await project({ '1-job_old_profile.json': JSON.stringify(report, null, spaces) });
    const headers = await reportHeaders({ reportsDir, job: 'job', implementation: 'old' });
    expect(headers).toMatchObject([{ ...{ job: 'job', input: report.input, startedAt: report.startedAt } }]);
  });

  test('none of what is not a report of it', async () => {
    const text = JSON.stringify(sampleReport({ job: 'my-job' }));
    const reportsDir = await project({
      '1-my-job_old_profile.json': text,
      '2-job_old_profile.json': '{"cut',
      '3-job_old_profile.json': '[]',
      '4-job_new_profile.json': text,
    });
    expect(await reportHeaders({ reportsDir, job: 'job', implementation: 'old' })).toEqual([]);
    expect(await reportHeaders({ reportsDir: `${reportsDir}/none`, job: 'j', implementation: 'o' })).toEqual(
      [],
    );
  });
});
