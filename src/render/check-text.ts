import { assertNever } from '../base/assert-never.ts';
import { US_PER_MS } from '../base/units.ts';
import type { JobBaseline } from '../compare/baseline.ts';
import type { Cause, CheckedRule, CheckReport, RuleVerdict } from '../compare/check-report.ts';
import { escapeTerminal } from './escape.ts';
import { adaptiveTime, interval, mebibytes, percent, signedMilliseconds, whole } from './format.ts';

const WORDS: Readonly<Record<RuleVerdict, string>> = {
  pass: 'passed',
  fail: 'FAILED',
  inconclusive: 'inconclusive',
};

/** What failed, why, and how to see it again; then each rule with its figures. */
export function checkText(report: CheckReport): string {
  const { verdict, rules, causes, command } = report;
  const headline = headlineOf(report);
  const [first = '', ...more] = headline === null ? [] : ruleSentences(headline);
  return [
    `Check ${WORDS[verdict.kind]}${first === '' ? '' : `: ${escapeTerminal(first)}`}`,
    ...more.map((line) => `  ${escapeTerminal(line)}`),
    ...causes.flatMap((cause, index) => [
      `${index === 0 ? 'Why: ' : '     '}${escapeTerminal(causePlace(cause))}`,
      `       ${escapeTerminal(causeReason(cause))}`,
    ]),
    ...(verdict.kind === 'pass' ? [] : [`Again here: ${escapeTerminal(command)}`]),
    '',
    ...rules.flatMap(ruleLines),
    '',
    ...contextLines(report),
    '',
  ].join('\n');
}

/** The rule that a verdict is told by: one that has it, and a measured one rather than the same output. */
export function headlineOf({ rules, verdict }: CheckReport): CheckedRule | null {
  const decisive = rules.filter((rule) => rule.verdict === verdict.kind);
  return decisive.find(({ name }) => name !== 'sameOutput') ?? decisive[0] ?? null;
}

/** Of one rule: what was found of what, then its bounds, or why there are none; unescaped. */
export function ruleSentences(rule: CheckedRule): string[] {
  const { subject, why, measured } = rule;
  const found = `${subject}: ${foundOf(rule)}`;
  if (measured === null) return [found, ...(why === null ? [] : why.split('\n'))];
  return [found, `${boundsOf(rule)}${limitOf(rule)}`];
}

function ruleLines(rule: CheckedRule): string[] {
  const { name, verdict, pattern, subject, why, measured, figures } = rule;
  const what = pattern === null ? name : `${name} of ${pattern}`;
  const detail = [
    subject,
    ...(figures === null
      ? []
      : [`${figureOf(rule, figures.before)} before, ${figureOf(rule, figures.after)} now`]),
    ...(measured === null ? [] : [boundsOf(rule)]),
    ...(why === null ? [] : why.split('\n')),
  ];
  return [
    `  ${WORDS[verdict].padEnd(14)}${escapeTerminal(what)}: ${foundOf(rule)}${limitOf(rule)}`,
    ...detail.map((line) => `${' '.repeat(16)}${escapeTerminal(line)}`),
  ];
}

/** Such as `12.30 % slower`. */
export function foundOf({ name, verdict, measured, figures }: CheckedRule): string {
  if (name === 'sameOutput') return verdict === 'fail' ? 'the outputs differ' : 'the same output';
  if (measured === null)
    return name === 'maxCalls' && figures !== null && figures.after > 0
      ? 'not called before'
      : 'nothing to measure';
  const { point } = measured;
  const size = percent(Math.abs(point));
  switch (name) {
    case 'maxSlowdown':
      return `${size} ${point > 0 ? 'slower' : 'faster'}`;
    case 'minGain':
      return `${size} ${point >= 0 ? 'faster' : 'slower'}`;
    case 'maxMemory':
      return `${size} ${point > 0 ? 'more' : 'less'} memory`;
    case 'maxCalls':
      return `${size} ${point > 0 ? 'more' : 'fewer'} calls`;
    case 'maxShare':
      return `${size} of the time`;
    default:
      return assertNever(name);
  }
}

/** The interval of what was measured, and what it rests on. */
export function boundsOf({ name, pattern, measured, pairs, measuredAgain }: CheckedRule): string {
  if (measured === null) return '';
  const again = measuredAgain ? ', twice' : '';
  if (name === 'maxCalls') {
    const { low, high } = measured;
    const range = low === high ? 'exact' : `${percent(low)} to ${percent(high)}`;
    return `${range}, ${pairs} counting runs${again}`;
  }
  const unit = name === 'maxShare' ? 'runs' : pattern === null ? 'pairs' : 'runs a side';
  return `${interval(measured, percent)}, ${pairs} ${unit}${again}`;
}

export function limitOf({ name, limit }: CheckedRule): string {
  if (name === 'sameOutput') return '';
  return `, ${name === 'minGain' ? 'at least' : 'at most'} ${percent(limit)}`;
}

function figureOf({ figures }: CheckedRule, value: number): string {
  switch (figures?.unit) {
    case 'bytes':
      return mebibytes(value);
    case 'calls':
      return `${whole(Math.round(value))} calls`;
    case 'ratio':
      return percent(value);
    default:
      return adaptiveTime(value);
  }
}

/** A function that costs more, and where it is from; unescaped. */
export function causePlace({ name, file, line, origin }: Cause): string {
  return `${file === '' ? name : `${file}:${line} ${name === '' ? '(anonymous)' : name}`} [${origin}]`;
}

/** By how much it costs more, and why; unescaped. */
export function causeReason({ reason, selfDeltaMs, calls, selfUsPerCall }: Cause): string {
  const bounds =
    selfDeltaMs.low === null || selfDeltaMs.high === null
      ? ''
      : ` (${signedMilliseconds(selfDeltaMs.low)} to ${signedMilliseconds(selfDeltaMs.high)})`;
  const time = selfDeltaMs.point === 0 ? '' : `${signedMilliseconds(selfDeltaMs.point)}${bounds}, `;
  const each = (us: number | null) => (us === null ? '-' : adaptiveTime(us / US_PER_MS));
  const why = {
    new: `new here, ${whole(calls.after)} calls`,
    'more calls': `${whole(calls.before)} calls before, ${whole(calls.after)} now`,
    'more time a call': `${each(selfUsPerCall.before)} a call before, ${each(selfUsPerCall.after)} now`,
    'more time': 'more time',
  }[reason];
  return `${time}${why}`;
}

function contextLines({
  against,
  baseline,
  uncommittedChanges,
  falseAlarmRate,
  warnings,
}: CheckReport): string[] {
  return [
    ...(against === null ? [] : [`Against ${escapeTerminal(against.name)}, ${against.commit}`]),
    ...(baseline === null ? [] : [`Baseline ${escapeTerminal(baseline.file)}`]),
    ...(baseline?.differences ?? []).map((difference) => `  differs in ${escapeTerminal(difference)}`),
    ...(uncommittedChanges ? ['What was measured here has uncommitted changes'] : []),
    ...(falseAlarmRate === null
      ? []
      : [`A build whose rules all hold fails by chance in at most ${percent(falseAlarmRate, 3)} of checks`]),
    ...warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
  ];
}

/** What a baseline holds, in a line. */
export function baselineLine({ implementation, calls, output, timeOverReference }: JobBaseline): string {
  return (
    `${escapeTerminal(implementation)}: the calls of ${Object.keys(calls).length} functions, ` +
    `an output of ${whole(output.sizeBytes)} bytes, ${timeOverReference.length} timed pairs`
  );
}
