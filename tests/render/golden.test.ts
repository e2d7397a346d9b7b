import { expect, test } from 'vitest';
import { compareProfiles } from '../../src/compare/comparison.ts';
import { comparisonText } from '../../src/render/comparison-text.ts';
import { profileText } from '../../src/render/profile-text.ts';
import { runText } from '../../src/render/run-text.ts';
import { samplePair, sampleReport } from '../support/sample-report.ts';

const pair = samplePair();
const TEXTS = {
  'profile.txt': profileText(sampleReport(), '2026-01-02_03-04-05-data_utils_old_profile'),
  'comparison.txt': comparisonText(
    compareProfiles(pair.before, pair.after, { toleranceRatio: 0.02, paired: null }),
  ),
  'comparison-one-run.txt': comparisonText(
    compareProfiles(
      { file: 'a.json', report: oneRun(1000) },
      {
        file: 'b.json',
        report: { ...oneRun(700), input: {}, output: { sha256: 'b'.repeat(64), sizeBytes: 5 } },
      },
      { toleranceRatio: 0.02, paired: null },
    ),
  ),
  'run.txt': runText({
    schemaVersion: 1,
    kind: 'run',
    implementation: 'new',
    input: {},
    nodeVersion: '24.0.0',
    wallMs: 1234.5,
    cpuMs: 2345.6,
    peakRssBytes: 3 * 2 ** 20,
    output: { sizeBytes: 99, file: 'a\u001b[1mb' },
  }),
};

test.each(Object.entries(TEXTS))('%s', async (name, text) => {
  await expect(text).toMatchFileSnapshot(`../golden/${name}`);
});

test.each(Object.entries(TEXTS))('%s sends nothing to a terminal but text', (_, text) => {
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
});

function oneRun(runMs: number) {
  const report = sampleReport();
  const single = { point: runMs, low: runMs, high: runMs, confidenceLevel: 0 };
  return {
    ...report,
    timing: { ...report.timing, runsMs: [runMs], wallMs: single, cpuMs: { ...single, point: 0 } },
    functions: [],
  };
}
