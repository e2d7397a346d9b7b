import { counted } from '../../base/counted.ts';
import type { JobBaseline } from '../../compare/baseline.ts';
import type { Cause, CheckedRule, CheckReport } from '../../compare/check-report.ts';
import { escapeTerminal } from '../escape.ts';
import { whole } from '../format.ts';
import {
  boundsOf,
  causeReason,
  comparedWith,
  demandOf,
  falseAlarmWords,
  figuresOf,
  foundOf,
  functionName,
  otherTreeWords,
  ruleName,
  sentence,
  timingWords,
  uncommittedWords,
  VERDICT_WORDS,
  whyLines,
} from './rule-words.ts';

const INDENT = ' '.repeat(16);

/** What failed, why, and how to see it again; then each rule with its figures. */
export function checkText(report: CheckReport): string {
  const { verdict, rules, causes, command } = report;
  const headline = headlineOf(report);
  const found = headline === null ? '' : `: ${escapeTerminal(`${headline.subject}: ${foundOf(headline)}`)}`;
  return [
    `Check ${WORDS[verdict.kind]}${found}`,
    ...(headline === null ? [] : headlineDetails(headline)).map((line) => `  ${escapeTerminal(line)}`),
    ...causes.flatMap(causeLines),
    ...(verdict.kind === 'pass' ? [] : [`Reproduce: ${escapeTerminal(command)}`]),
    '',
    ...rules.flatMap(ruleLines),
    '',
    ...contextLines(report),
    '',
  ].join('\n');
}

const WORDS = { ...VERDICT_WORDS, fail: VERDICT_WORDS.fail.toUpperCase() };

/** The rule that a verdict is told by: one that has it, and a measured one rather than the same output. */
function headlineOf({ rules, verdict }: CheckReport): CheckedRule | null {
  const decisive = rules.filter((rule) => rule.verdict === verdict.kind);
  return decisive.find(({ name }) => name !== 'sameOutput') ?? decisive[0] ?? null;
}

function headlineDetails(rule: CheckedRule): string[] {
  const bounds = boundsOf(rule);
  return bounds === null ? whyLines(rule) : [bounds, `required: ${demandOf(rule)}`];
}

function ruleLines(rule: CheckedRule): string[] {
  const [figures, bounds] = [figuresOf(rule), boundsOf(rule)];
  const details = [
    figures === null ? rule.subject : `${rule.subject}: ${figures}`,
    ...(bounds === null ? [] : [bounds]),
    ...(rule.name === 'sameOutput' ? [] : [`required: ${demandOf(rule)}`]),
    ...whyLines(rule),
  ];
  return [
    `  ${WORDS[rule.verdict].padEnd(14)}${escapeTerminal(`${ruleName(rule)}: ${foundOf(rule)}`)}`,
    ...details.map((line) => `${INDENT}${escapeTerminal(line)}`),
  ];
}

function causeLines(cause: Cause, index: number): string[] {
  const { file, line, origin } = cause;
  const place = file === '' ? functionName(cause) : `${file}:${line} ${functionName(cause)}`;
  return [
    `${index === 0 ? 'Why: ' : '     '}${escapeTerminal(`${place} (${origin})`)}`,
    `       ${escapeTerminal(causeReason(cause))}`,
  ];
}

function contextLines(report: CheckReport): string[] {
  const { baseline, falseAlarmRate, warnings } = report;
  const timing = timingWords(report);
  const uncommitted = uncommittedWords(report);
  const compared = comparedWith(report);
  return [
    ...(compared === null ? [] : [`Against ${compared}`]),
    ...(baseline?.differences ?? []).map((difference) => `  which differs in ${difference}`),
    ...otherTreeWords(report).map(sentence),
    ...(timing === null ? [] : [sentence(timing)]),
    ...(uncommitted === null ? [] : [sentence(uncommitted)]),
    ...(falseAlarmRate === null ? [] : [sentence(falseAlarmWords(falseAlarmRate))]),
    ...warnings.map((warning) => `Warning: ${warning}`),
  ].map(escapeTerminal);
}

/** What a baseline holds, in a line. */
export function baselineLine({ implementation, calls, output, timeOverReference }: JobBaseline): string {
  return (
    `${escapeTerminal(implementation)}: the calls of ${Object.keys(calls).length} functions, ` +
    `an output of ${whole(output.sizeBytes)} bytes, ${counted(timeOverReference.length, 'timed pair')}`
  );
}
