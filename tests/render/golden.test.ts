import { expect, test } from 'vitest';
import { benchResult } from '../../src/compare/bench-result.ts';
import { compareProfiles } from '../../src/compare/comparison.ts';
import { benchText } from '../../src/render/bench-text.ts';
import { checkText } from '../../src/render/check/text.ts';
import { comparisonText, explanationText } from '../../src/render/comparison-text.ts';
import { noiseText } from '../../src/render/noise-text.ts';
import { profileText } from '../../src/render/profile-text.ts';
import { runText } from '../../src/render/run-text.ts';
import { medianEstimate } from '../../src/stats/median.ts';
import { benchPairs } from '../support/bench-pairs.ts';
import { SAMPLE_CHECKS } from '../support/sample-check.ts';
import { samplePair, sampleReport } from '../support/sample-report.ts';

const pair = samplePair();
const result = benchResult(
  benchPairs(
    [100, 101, 102, 103, 104, 105, 106, 140].map((before, index) => ({ before, after: 50 + index })),
  ),
  { wantedLevel: 0.95, toleranceRatio: 0.02, pairMs: 300 },
);
/** A busy machine: the wall time varies by a third, the CPU time by a percent. */
const busy = (metric: 'wall' | 'cpu' | 'memory') =>
  benchResult(
    [30, -20, 5, -35, 25, -10, 35, -25, 10, -5].map((noise, index) => ({
      ...{ beforeMs: 100 - noise / 2, afterMs: 95 + noise, first: index % 2 === 0 ? 'before' : 'after' },
      ...{ beforeCpuMs: 80 + (index % 3), afterCpuMs: 70 + (index % 4) },
      ...{ beforePeakRssBytes: 50 * 2 ** 20 + 4096 * index, afterPeakRssBytes: 50 * 2 ** 20 },
    })),
    { wantedLevel: 0.985, toleranceRatio: 0.02, pairMs: 900, metric },
  );
const benchHeader = {
  schemaVersion: 1,
  kind: 'bench',
  job: 'data_utils',
  startedAt: '2026-01-02T03:04:05.000Z',
  environment: sampleReport().environment,
  input: {},
  seed: 1,
  toleranceRatio: 0.02,
  metric: 'wall',
  confidenceLevel: 0.95,
  before: 'old',
  outputsEqual: true,
  stoppedBy: 'settled',
  elapsedMs: 2400,
} as const;
const noise = {
  schemaVersion: 1,
  kind: 'noise',
  job: 'data_utils',
  implementation: 'old',
  startedAt: '2026-01-02T03:04:05.000Z',
  environment: sampleReport().environment,
  mode: 'cold',
  metric: 'wall',
  pairs: 16,
  gainRatio: { point: 0.001, low: -0.01, high: 0.03, confidenceLevel: 0.95 },
  noiseRatio: 0.03,
  elapsedMs: 10_000,
} as const;
const TEXTS = {
  'check-failed.txt': checkText(SAMPLE_CHECKS.failing),
  'check-passed.txt': checkText(SAMPLE_CHECKS.passing),
  'check-inconclusive.txt': checkText(SAMPLE_CHECKS.inconclusive),
  'profile.txt': profileText(sampleReport(), '2026-01-02_03-04-05-data_utils_old_profile'),
  'comparison.txt': comparisonText(
    compareProfiles(pair.before, pair.after, { toleranceRatio: 0.02, paired: null }),
  ),
  'explanation.txt': explanationText(
    compareProfiles(pair.before, pair.after, { toleranceRatio: 0.02, paired: null }),
  ),
  'comparison-one-run.txt': comparisonText(
    compareProfiles(
      { file: 'a.json', report: oneRun(1000) },
      { file: 'b.json', report: oneRun(700) },
      { toleranceRatio: 0.02, paired: null },
    ),
  ),
  'comparison-mismatch.txt': comparisonText(
    compareProfiles(
      { file: 'a.json', report: oneRun(1000) },
      {
        file: 'b.json',
        report: { ...oneRun(700), input: {}, output: { sha256: 'b'.repeat(64), sizeBytes: 5 } },
      },
      { toleranceRatio: 0.02, paired: null },
    ),
  ),
  'comparison-waiting.txt': comparisonText(
    compareProfiles(
      { file: 'a.json', report: waiting('old', { wallMs: 1000, queuedMs: 0 }) },
      { file: 'b.json', report: waiting('new', { wallMs: 200, queuedMs: 160 }) },
      { toleranceRatio: 0.02, paired: null },
    ),
  ),
  'bench.txt': benchText({
    ...benchHeader,
    after: 'new\u001b[31m',
    mode: 'cold',
    ...result,
    warnings: ['a \u009bwarning', ...result.warnings],
  }),
  'bench-several.txt': benchText({
    ...benchHeader,
    mode: 'cold',
    outputsEqual: false,
    stoppedBy: 'interrupted',
    comparisons: [
      { after: 'new', ...result },
      { after: 'newer', ...result },
    ],
    warnings: [],
  }),
  'bench-busy.txt': benchText({
    ...{ ...benchHeader, after: 'new', mode: 'cold', stoppedBy: 'budget', elapsedMs: 9000 },
    ...busy('wall'),
  }),
  'bench-cpu.txt': benchText({
    ...{ ...benchHeader, after: 'new', mode: 'cold', metric: 'cpu' },
    ...busy('cpu'),
  }),
  'bench-memory.txt': benchText({
    ...{ ...benchHeader, after: 'new', mode: 'cold', metric: 'memory' },
    ...busy('memory'),
  }),
  'noise.txt': noiseText(noise, { budgetMs: 40_000, toleranceRatio: 0.03 }),
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
    timing: {
      ...report.timing,
      runsMs: [runMs],
      wallMs: single,
      cpuRunsMs: [0],
      cpuMs: { ...single, point: 0 },
    },
    functions: [],
  };
}

/** Four runs of one thread that is on a CPU for 20 ms of each. */
function waiting(implementation: string, { wallMs, queuedMs }: { wallMs: number; queuedMs: number }) {
  const report = sampleReport({ implementation });
  const runs = [0, 1, 2, 3];
  const runsMs = runs.map((run) => wallMs + run);
  const cpu = { point: 20, low: 20, high: 20, confidenceLevel: 0.875 };
  return {
    ...report,
    timing: {
      ...report.timing,
      runsMs,
      wallMs: medianEstimate(runsMs),
      cpuRunsMs: runs.map(() => 20),
      cpuMs: cpu,
      mainThreadRuns: runs.map(() => ({ cpuMs: 20, runQueueMs: queuedMs })),
    },
    sampling: {
      ...report.sampling,
      workRuns: [{ cpuMs: 20, mainCpuMs: 20, busyMs: 20, lowBusyMs: 20, highBusyMs: 20 }],
    },
    functions: [],
  };
}
