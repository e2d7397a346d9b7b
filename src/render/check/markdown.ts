import { counted } from '../../base/counted.ts';
import type { Cause, CheckedRule, CheckReport, RuleVerdict } from '../../compare/check-report.ts';
import { markdownCode as code, escapeMarkdown } from '../export/markdown-parts.ts';
import {
  causeCalls,
  causeCost,
  comparedWith,
  demandOf,
  falseAlarmWords,
  figuresOf,
  functionName,
  measuredOf,
  otherTreeWords,
  ruleName,
  sentence,
  timingWords,
  uncommittedWords,
  whyLines,
} from './rule-words.ts';

const CAUSES = 10;
const VERDICTS: Readonly<Record<RuleVerdict, string>> = {
  pass: '✓ passed',
  fail: '✗ **failed**',
  inconclusive: '? inconclusive',
};

/** The first line of the comment of a job, by which it is found again; it shows nothing. */
export function commentMarker(job: string): string {
  return `<!-- outpace-check:${job.replaceAll(/[^\w.-]/g, '-')} -->`;
}

/** A step's summary, and the body of a comment in a pull request. */
export function checkMarkdown(report: CheckReport): string {
  const { job, verdict, rules, causes, command, warnings, falseAlarmRate } = report;
  const timing = timingWords(report);
  const uncommitted = uncommittedWords(report);
  const compared = comparedWith(report);
  return [
    commentMarker(job),
    `### ${VERDICTS[verdict.kind]}: outpace check of ${code(job)}`,
    '',
    row('', 'rule', 'of', 'measured', 'before → after', 'required'),
    row('---', '---', '---', '---', '---', '---'),
    ...rules.map(ruleRow),
    ...notes(report),
    ...causeLines(causes),
    '',
    ...(compared === null ? [] : [`Against ${escapeMarkdown(compared)}.`]),
    ...[
      ...otherTreeWords(report),
      ...(timing === null ? [] : [timing]),
      ...(uncommitted === null ? [] : [uncommitted]),
    ].map((words) => `${escapeMarkdown(sentence(words))}.`),
    ...(falseAlarmRate === null ? [] : [`Statistically, ${falseAlarmWords(falseAlarmRate)}.`]),
    machineLine(report),
    `Reproduce: ${code(command)}`,
    ...(warnings.length === 0 ? [] : ['', ...warnings.map((warning) => `- ${escapeMarkdown(warning)}`)]),
    '',
  ].join('\n');
}

function ruleRow(rule: CheckedRule): string {
  return row(
    VERDICTS[rule.verdict],
    code(ruleName(rule)),
    code(rule.subject),
    escapeMarkdown(measuredOf(rule) ?? '-'),
    escapeMarkdown(figuresOf(rule) ?? '-'),
    escapeMarkdown(demandOf(rule)),
  );
}

function notes({ rules, baseline }: CheckReport): string[] {
  const lines = [
    ...rules.flatMap((rule) =>
      whyLines(rule).map((line) => `- ${code(ruleName(rule))}: ${escapeMarkdown(line)}`),
    ),
    ...(baseline?.differences ?? []).map(
      (difference) => `- unlike the baseline: ${escapeMarkdown(difference)}`,
    ),
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}

function causeLines(causes: readonly Cause[]): string[] {
  if (causes.length === 0) return [];
  const left = causes.length - CAUSES;
  return [
    '',
    row('what costs more', 'where', 'self time', 'calls', 'why'),
    row('---', '---', '---:', '---:', '---'),
    ...causes.slice(0, CAUSES).map((cause) =>
      row(
        code(functionName(cause)),
        code(cause.file === '' ? cause.origin : `${cause.file}:${cause.line}`),
        // Counted alone: what it takes was not sampled.
        cause.selfDeltaMs.point === 0 ? '-' : escapeMarkdown(causeCost(cause)),
        causeCalls(cause).replace('calls ', ''),
        cause.reason,
      ),
    ),
    ...(left > 0 ? ['', `and ${left} more`] : []),
  ];
}

function machineLine({ environment, input }: CheckReport): string {
  const { cpu, cores, node, platform } = environment;
  return `On ${escapeMarkdown(`${cpu}, ${counted(cores, 'core')}, ${platform}, Node ${node}`)}, input ${code(JSON.stringify(input))}.`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
