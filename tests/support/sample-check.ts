import type { Cause, CheckedRule, CheckReport } from '../../src/compare/check-report.ts';
import { verdictOfAll } from '../../src/compare/check-report.ts';
import { sampleReport } from './sample-report.ts';

/** What a name can hold to be something else than a name. */
export const HOSTILE =
  'a|b`c`</code>"><img src=x onerror=y>]]><!-- & @everyone #1 **b** [l](javascript:1) https://evil.example www.evil.example %0A $x$\r\n::error::forged\n| row |\u001b[31m\u202e\ud800\uffff';

const RULE: CheckedRule = {
  name: 'maxSlowdown',
  pattern: null,
  subject: 'new against new@1a2b3c4d',
  verdict: 'pass',
  measured: { point: 0.01, low: -0.012, high: 0.03, confidenceLevel: 0.953 },
  limit: 0.05,
  figures: { unit: 'ms', before: 200, after: 202 },
  pairs: 12,
  measuredAgain: false,
  mayFail: true,
  why: null,
  file: 'reports/bench.json',
};
const counted = (point: number) => ({ point, low: point, high: point, confidenceLevel: 1 });

export function checkedRule(known: Partial<CheckedRule> = {}): CheckedRule {
  return { ...RULE, ...known };
}

export function cause(known: Partial<Cause> = {}): Cause {
  return {
    name: 'parse',
    file: 'src/parse.ts',
    line: 12,
    engine: false,
    ignored: false,
    change: 'changed',
    ambiguous: false,
    noise: false,
    formerly: null,
    selfMs: { before: 10, after: 22.5 },
    totalMs: { before: 10, after: 22.5 },
    selfDeltaMs: { point: 12.5, low: 8.1, high: 14.2, confidenceLevel: 0.9 },
    totalDeltaMs: { point: 12.5, low: 8.1, high: 14.2, confidenceLevel: 0.9 },
    calls: { before: 10, after: 20 },
    selfUsPerCall: { before: 1000, after: 1125 },
    selfShare: null,
    origin: 'own files',
    reason: 'more calls',
    ...known,
  };
}

function checkReport(known: Partial<CheckReport> & Pick<CheckReport, 'rules'>): CheckReport {
  return {
    schemaVersion: 1,
    kind: 'check',
    job: 'data_utils',
    startedAt: '2026-01-02T03:04:05.000Z',
    environment: sampleReport().environment,
    input: { users: 1000 },
    against: { name: 'the merge base with main', commit: '1a2b3c4d'.repeat(5) },
    baseline: null,
    dependencies: { choice: 'shared', why: 'package-lock.json is the same in both trees' },
    implementationFrom: 'other-commit',
    uncommittedChanges: false,
    uncommittedFiles: [],
    verdict: { kind: verdictOfAll(known.rules) },
    causes: [],
    falseAlarmRate: 0.00125,
    command: 'outpace check --against 1a2b3c4d --job data_utils',
    warnings: [],
    ...known,
  };
}

/** One that passes, one that fails with causes, one that is open; a hostile name wherever there can be one. */
export const SAMPLE_CHECKS = {
  passing: checkReport({
    rules: [
      checkedRule(),
      checkedRule({ name: 'sameOutput', measured: null, figures: null, limit: 0, pairs: 0, file: null }),
      checkedRule({
        name: 'maxCalls',
        pattern: HOSTILE,
        measured: counted(-0.1),
        limit: 0,
        figures: { unit: 'calls', before: 1_000_000, after: 900_000 },
        pairs: 0,
      }),
    ],
  }),
  failing: checkReport({
    job: `job${HOSTILE}`,
    input: { name: HOSTILE },
    uncommittedChanges: true,
    uncommittedFiles: ['impl-new/index.ts', `../lib/${HOSTILE}`],
    dependencies: { choice: 'installed', why: HOSTILE },
    implementationFrom: 'this-tree',
    rules: [
      checkedRule({
        verdict: 'fail',
        measured: { point: 0.3, low: 0.21, high: 0.4, confidenceLevel: 0.96 },
        figures: { unit: 'ms', before: 1000, after: 1300 },
        measuredAgain: true,
      }),
      checkedRule({
        name: 'maxCalls',
        pattern: HOSTILE,
        verdict: 'fail',
        measured: counted(1),
        limit: 0.1,
        figures: { unit: 'calls', before: 10, after: 20 },
        pairs: 0,
        why: HOSTILE,
      }),
      checkedRule({
        name: 'maxMemory',
        figures: { unit: 'bytes', before: 2 ** 27, after: 2 ** 27 },
        measured: { point: 0, low: -0.01, high: 0.01, confidenceLevel: 0.95 },
      }),
    ],
    causes: [
      cause(),
      cause({
        name: HOSTILE,
        file: `src/${HOSTILE}.ts`,
        line: 3,
        reason: 'new',
        calls: { before: null, after: 5 },
      }),
      cause({ name: '', file: 'node_modules/faker/index.js', origin: 'faker', reason: 'more time' }),
      cause({
        name: '(garbage collector)',
        file: '',
        line: 0,
        origin: "V8's own (GC, compiling)",
        reason: 'more time',
        selfDeltaMs: { point: 5, low: null, high: null, confidenceLevel: 0 },
        calls: { before: null, after: null },
      }),
    ],
    warnings: [HOSTILE],
  }),
  inconclusive: checkReport({
    against: null,
    dependencies: null,
    implementationFrom: null,
    falseAlarmRate: null,
    baseline: { file: `baselines/${HOSTILE}.json`, differences: [`another CPU: ${HOSTILE}`] },
    rules: [
      checkedRule({
        verdict: 'inconclusive',
        mayFail: false,
        measured: { point: 0.3, low: 0.21, high: 0.4, confidenceLevel: 0.96 },
        why: 'the baseline is of another machine',
      }),
      checkedRule({ name: 'minGain', subject: `${HOSTILE} against old`, limit: 0.5 }),
      checkedRule({
        name: 'maxShare',
        pattern: '@faker-js/faker',
        verdict: 'inconclusive',
        limit: 0.2,
        measured: { point: 0.21, low: 0.19, high: 0.23, confidenceLevel: 0.9 },
        figures: { unit: 'ratio', before: 0.18, after: 0.21 },
        pairs: 3,
      }),
    ],
  }),
} satisfies Record<string, CheckReport>;
