import type { Cause, CheckedRule, CheckReport } from '../../src/compare/check-report.ts';
import { sampleReport } from './sample-report.ts';

/** A rule that passes, with figures that can be checked in the head. */
export function checkedRule(known: Partial<CheckedRule> = {}): CheckedRule {
  return {
    name: 'maxSlowdown',
    pattern: null,
    subject: 'new against new@1a2b3c4d',
    verdict: 'pass',
    measured: { point: 0.01, low: -0.01, high: 0.02, confidenceLevel: 0.95 },
    limit: 0.05,
    figures: { unit: 'ms', before: 100, after: 101 },
    pairs: 10,
    measuredAgain: false,
    mayFail: true,
    why: null,
    file: 'reports/bench.json',
    ...known,
  };
}

export function sampleCause(known: Partial<Cause> = {}): Cause {
  const delta = { point: 12, low: 10, high: 14, confidenceLevel: 0.97 };
  return {
    name: 'parse',
    file: 'src/parse.ts',
    line: 12,
    engine: false,
    change: 'changed',
    noise: false,
    formerly: null,
    selfMs: { before: 20, after: 32 },
    totalMs: { before: 30, after: 42 },
    selfDeltaMs: delta,
    totalDeltaMs: delta,
    calls: { before: 2000, after: 4000 },
    selfUsPerCall: { before: 10, after: 8 },
    origin: 'own files',
    reason: 'more calls',
    ...known,
  };
}

/** One of each rule; hostile names in it. */
export function failingCheck(): CheckReport {
  const rules = [
    checkedRule({ name: 'sameOutput', measured: null, figures: null, limit: 0, pairs: 0, file: null }),
    checkedRule({
      verdict: 'fail',
      measured: { point: 0.12, low: 0.1, high: 0.14, confidenceLevel: 0.96 },
      figures: { unit: 'ms', before: 100, after: 112 },
      measuredAgain: true,
    }),
    checkedRule({
      name: 'maxMemory',
      limit: 0.1,
      figures: { unit: 'bytes', before: 2 ** 27, after: 2 ** 27 },
    }),
    checkedRule({
      name: 'maxCalls',
      pattern: '\u001b[31mpar*',
      verdict: 'fail',
      limit: 0,
      measured: { point: 1, low: 1, high: 1, confidenceLevel: 1 },
      figures: { unit: 'calls', before: 2000, after: 4000 },
      pairs: 4,
      measuredAgain: true,
      file: null,
    }),
    checkedRule({
      name: 'maxShare',
      pattern: 'lodash',
      subject: 'new',
      verdict: 'inconclusive',
      limit: 0.1,
      measured: { point: 0.1, low: 0.09, high: 0.11, confidenceLevel: 0.96875 },
      figures: null,
      pairs: 6,
      file: null,
    }),
    checkedRule({
      name: 'minGain',
      subject: 'new against old',
      limit: 0.5,
      measured: { point: 0.7, low: 0.6, high: 0.8, confidenceLevel: 0.95 },
      figures: { unit: 'ms', before: 300, after: 90 },
    }),
  ];
  return {
    ...passingCheck(),
    verdict: { kind: 'fail' },
    rules,
    causes: [
      sampleCause(),
      sampleCause({ file: '', origin: 'built-in functions', reason: 'more time', name: 'sort' }),
      sampleCause({ name: '\u202egnp', reason: 'more time a call', calls: { before: 10, after: 10 } }),
      sampleCause({ name: 'late', reason: 'new', calls: { before: null, after: 7 } }),
    ],
    uncommittedChanges: true,
    warnings: ['a warning with \u001b[1mcolour'],
  };
}

export function passingCheck(): CheckReport {
  const { environment, input, job, startedAt } = sampleReport();
  return {
    ...{ schemaVersion: 1, kind: 'check', job, startedAt, environment, input },
    against: { name: 'the merge base with main', commit: '1a2b3c4d'.repeat(5) },
    baseline: null,
    uncommittedChanges: false,
    verdict: { kind: 'pass' },
    rules: [
      checkedRule({ name: 'sameOutput', measured: null, figures: null, limit: 0, pairs: 0 }),
      checkedRule(),
    ],
    causes: [],
    falseAlarmRate: 0.000625,
    command: 'outpace check --against 1a2b3c4d --job data_utils',
    warnings: [],
  };
}

/** Against a baseline of another machine. */
export function inconclusiveCheck(): CheckReport {
  return {
    ...passingCheck(),
    against: null,
    baseline: { file: 'outpace.baseline.json', differences: ['cores: 4 in the baseline, 2 here'] },
    verdict: { kind: 'inconclusive' },
    falseAlarmRate: null,
    rules: [
      checkedRule({
        verdict: 'inconclusive',
        subject: 'new against outpace.baseline.json',
        mayFail: false,
        measured: { point: 0.5, low: 0.4, high: 0.6, confidenceLevel: 0.955 },
        why: 'not comparable enough to fail a build (cores: 4 in the baseline, 2 here)',
      }),
      checkedRule({
        name: 'maxCalls',
        pattern: 'nowhere',
        verdict: 'inconclusive',
        measured: null,
        limit: 0,
        figures: { unit: 'calls', before: 0, after: 0 },
        pairs: 0,
        why: 'no function has such a name',
      }),
    ],
  };
}
