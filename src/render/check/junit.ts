import { assertNever } from '../../base/assert-never.ts';
import { counted } from '../../base/counted.ts';
import { MS_PER_S } from '../../base/units.ts';
import type { CheckedRule, CheckReport } from '../../compare/check-report.ts';
import { escapeXml } from '../escape.ts';
import {
  causeSentence,
  comparedWith,
  demandOf,
  figuresOf,
  measuredOf,
  otherTreeWords,
  ruleName,
  ruleSentence,
  stableSubject,
  timingWords,
  whyLines,
} from './rule-words.ts';

export interface JunitOptions {
  /** Whether what is inconclusive is a failure; else it is skipped. */
  readonly requireConclusive: boolean;
}

type Outcome = 'passed' | 'failure' | 'skipped';

/**
 * JUnit XML as Jenkins (junit-10), GitLab and others read it: one suite a job, one case a rule. A case's time is that of
 * one run of `after`, in seconds, where the rule is about time; how long measuring took is not told.
 */
export function checkJunit(report: CheckReport, { requireConclusive }: JunitOptions): string {
  const cases = report.rules.map((rule) => ({ rule, outcome: outcomeOf(rule, requireConclusive) }));
  const count = (wanted: Outcome) => cases.filter(({ outcome }) => outcome === wanted).length;
  const totals = { tests: cases.length, failures: count('failure'), errors: 0 };
  const suite = {
    name: `outpace ${report.job}`,
    ...totals,
    skipped: count('skipped'),
    timestamp: report.startedAt,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'outpace', ...totals })}>`,
    `  <testsuite${attributes(suite)}>`,
    '    <properties>',
    ...Object.entries(propertiesOf(report)).map(
      ([name, value]) => `      <property${attributes({ name, value })}/>`,
    ),
    '    </properties>',
    ...cases.flatMap((one) => caseLines(one, report)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function outcomeOf({ verdict }: CheckedRule, requireConclusive: boolean): Outcome {
  if (verdict === 'pass') return 'passed';
  return verdict === 'fail' || requireConclusive ? 'failure' : 'skipped';
}

function propertiesOf(report: CheckReport): Record<string, string> {
  const { environment, input, falseAlarmRate, uncommittedChanges, command, baseline, warnings } = report;
  const { dependencies, uncommittedFiles } = report;
  const { node, platform, cpu, cores, memoryBytes, gitCommit } = environment;
  return {
    commit: gitCommit ?? 'not known',
    uncommittedChanges: String(uncommittedChanges),
    ...(uncommittedFiles.length === 0 ? {} : { uncommittedFiles: uncommittedFiles.join(', ') }),
    against: comparedWith(report) ?? 'nothing',
    ...(dependencies === null ? {} : { otherTree: otherTreeWords(report).join('; ') }),
    machine: `${cpu}, ${counted(cores, 'core')}, ${memoryBytes} bytes of memory, ${platform}, Node ${node}`,
    input: JSON.stringify(input),
    ...(report.includesImport === true ? { times: timingWords(report) ?? '' } : {}),
    falseAlarmRate: falseAlarmRate === null ? 'not known' : String(Number(falseAlarmRate.toPrecision(6))),
    command,
    ...(baseline === null || baseline.differences.length === 0
      ? {}
      : { baselineDifferences: baseline.differences.join('; ') }),
    ...(warnings.length === 0 ? {} : { warnings: warnings.join('; ') }),
  };
}

function caseLines(
  { rule, outcome }: { readonly rule: CheckedRule; readonly outcome: Outcome },
  report: CheckReport,
): string[] {
  const { figures, pattern, name: ruled, metric = 'wall' } = rule;
  const ofRun = figures?.unit === 'ms' && pattern === null && ruled !== 'maxImport' && metric === 'wall';
  const time = ofRun ? { time: (figures.after / MS_PER_S).toFixed(6) } : {};
  // The same in every run, so that a CI system knows it again.
  const name = `${ruleName(rule)}: ${stableSubject(rule)}`;
  const open = `    <testcase${attributes({ classname: `outpace.${report.job}`, name, ...time })}`;
  const message = attributes({ message: ruleSentence(rule) });
  switch (outcome) {
    case 'passed':
      return [
        `${open}>`,
        `      <system-out>${escapeXml(ruleSentence(rule))}</system-out>`,
        '    </testcase>',
      ];
    case 'skipped':
      return [`${open}>`, `      <skipped${message}/>`, '    </testcase>'];
    case 'failure':
      return [
        `${open}>`,
        `      <failure${message}${attributes({ type: rule.verdict })}>${bodyOf(rule, report).map(escapeXml).join('\n')}</failure>`,
        '    </testcase>',
      ];
    default:
      return assertNever(outcome);
  }
}

/** Lines; a name with a newline in it makes no second one. */
function bodyOf(rule: CheckedRule, report: CheckReport): string[] {
  const { causes, command } = report;
  const compared = comparedWith(report);
  return [
    `required: ${demandOf(rule)}`,
    ...[measuredOf(rule)].flatMap((text) => (text === null ? [] : [`measured: ${text}`])),
    ...[figuresOf(rule)].flatMap((text) => (text === null ? [] : [`before → after: ${text}`])),
    ...whyLines(rule).map((line) => `why: ${line}`),
    ...(rule.file === null ? [] : [`stored in: ${rule.file}`]),
    ...(compared === null ? [] : [`against: ${compared}`]),
    ...(rule.verdict === 'fail'
      ? causes.map((cause) => `cause: ${cause.file}:${cause.line} ${causeSentence(cause)}`)
      : []),
    `reproduce: ${command}`,
  ];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}
