import { expect, test } from 'vitest';
import { reportFunction, sampleReport } from '../../tests/support/sample-report.ts';
import { packageDifferences } from './packages.ts';

test('what all cost on each side is all that was sampled', () => {
  const functions = [
    reportFunction({ file: 'node_modules/a/x.js', selfMs: 30, selfRunsMs: [30, 31, 29] }),
    reportFunction({ file: 'node_modules/a/y.js', name: 'g', selfMs: 10, selfRunsMs: [10, 10, 10] }),
    reportFunction({ file: 'src/z.js', selfMs: 60, selfRunsMs: [60, 60, 60] }),
  ];
  const report = sampleReport();
  const before = { ...report, functions, sampling: { ...report.sampling, sampledMs: 100 } };
  const after = { ...before, functions: functions.slice(2), sampling: { ...before.sampling, sampledMs: 60 } };
  const differences = packageDifferences(before, after);
  expect(
    differences.map(({ name, beforeMs, afterMs, beforeShare }) => [name, beforeMs, afterMs, beforeShare]),
  ).toEqual([
    ['own files', 60, 60, 0.6],
    ['a', 40, 0, 0.4],
  ]);
  // Three runs against three: the interval is the range of the nine differences.
  expect(differences[1]?.deltaMs).toMatchObject({ point: -40, low: -41, high: -39 });
});
