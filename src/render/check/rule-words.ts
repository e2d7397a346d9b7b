import { assertNever } from '../../base/assert-never.ts';
import { US_PER_MS } from '../../base/units.ts';
import type { Cause, CheckedRule, CheckReport, RuleVerdict } from '../../compare/check-report.ts';
import { CHECK_CONFIDENCE } from '../../compare/check-rules.ts';
import {
  adaptiveTime,
  interval,
  mebibytes,
  percent,
  signedMilliseconds,
  timeSpan,
  whole,
} from '../format.ts';

/** What is said of a rule in every format. The texts are as they come: who prints them escapes them. */

export const VERDICT_WORDS: Readonly<Record<RuleVerdict, string>> = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'inconclusive',
};

export function ruleName({ name, pattern }: CheckedRule): string {
  return pattern === null ? name : `${name} ${pattern}`;
}

/** What a rule is about, the same in every run: a commit's hash is left out. */
export function stableSubject({ subject }: CheckedRule): string {
  return subject.replaceAll(/@[\da-f]{7,40}\b/g, '');
}

/** What is demanded. */
export function demandOf({ name, pattern, limit, metric = 'wall' }: CheckedRule): string {
  switch (name) {
    case 'sameOutput':
      return 'the same output';
    case 'maxSlowdown':
      return `${pattern === null ? '' : `${pattern} `}at most ${percent(limit)} ${MORE[metric]}`;
    case 'minGain':
      return `at least ${percent(limit)} ${LESS[metric]}`;
    case 'maxCalls':
      return `at most ${percent(limit)} more calls of ${pattern ?? 'any function'}`;
    case 'maxMemory':
      return `at most ${percent(limit)} more peak memory`;
    case 'maxImport':
      return `import and setup at most ${percent(limit)} longer`;
    case 'maxShare':
      return `at most ${percent(limit)} of the sampled time in ${pattern ?? 'all packages'}`;
    default:
      return assertNever(name);
  }
}

const MORE = { wall: 'slower', cpu: 'more CPU time', memory: 'more peak memory' } as const;
const LESS = { wall: 'faster', cpu: 'less CPU time', memory: 'less peak memory' } as const;

const SAME_OUTPUT_WORDS: Readonly<Record<RuleVerdict, string>> = {
  pass: 'the same output',
  fail: 'the outputs differ',
  inconclusive: 'the outputs were not compared',
};

/** What was found, such as `12.30 % slower`. */
export function foundOf({ name, verdict, measured, figures, grown, metric = 'wall' }: CheckedRule): string {
  if (name === 'sameOutput') return SAME_OUTPUT_WORDS[verdict];
  if (measured === null)
    return name === 'maxCalls' && figures !== null && figures.after > 0
      ? 'not called before'
      : 'nothing to measure';
  const { point } = measured;
  const size = percent(Math.abs(point));
  switch (name) {
    case 'maxSlowdown':
      return `${size} ${(point > 0 ? MORE : LESS)[metric]}`;
    case 'minGain':
      return `${size} ${(point >= 0 ? LESS : MORE)[metric]}`;
    case 'maxMemory':
      return `${size} ${point > 0 ? 'more' : 'less'} memory`;
    case 'maxImport':
      return `import and setup ${size} ${point > 0 ? 'longer' : 'shorter'}`;
    case 'maxCalls':
      return point === 0
        ? 'as many calls'
        : `${size} ${point > 0 ? 'more' : 'fewer'} calls${GROWN[grown ?? 'unknown']}`;
    case 'maxShare':
      return `${size} of the time`;
    default:
      return assertNever(name);
  }
}

/** What the calls of a failed rule are of. */
const GROWN = { function: ' of one function', total: ' in total', unknown: '' } as const;

/** The bounds of what was measured, and what they rest on; null where there was nothing to measure. */
export function boundsOf(rule: CheckedRule): string | null {
  const { name, pattern, measured, pairs, measuredAgain } = rule;
  if (measured === null) return null;
  const { low, high, confidenceLevel } = measured;
  const shown = shownFor(rule);
  const counted = confidenceLevel === 1;
  const unit = counted
    ? 'counting runs'
    : name === 'maxShare'
      ? 'runs'
      : pattern === null
        ? 'pairs'
        : 'runs a side';
  return [
    ...(counted ? ['counted'] : []),
    ...(counted && low !== high ? [`${shown(low)} to ${shown(high)}`] : []),
    ...(counted ? [] : [interval(measured, shown, CHECK_CONFIDENCE)]),
    ...(pairs === 0 ? [] : [`${pairs} ${pairs === 1 ? unit.replace(/s\b/, '') : unit}`]),
    ...(measuredAgain ? ['twice'] : []),
  ].join(', ');
}

/** What was measured, with its bounds; null where there was nothing to measure. */
export function measuredOf(rule: CheckedRule): string | null {
  const { measured } = rule;
  return measured === null ? null : `${shownFor(rule)(measured.point)} (${boundsOf(rule)})`;
}

/** A growth has its sign; a gain and a share are what they are. */
function shownFor({ name }: CheckedRule): (ratio: number) => string {
  return name === 'maxShare' || name === 'minGain' ? (ratio) => percent(ratio) : signedPercent;
}

/** The absolute figures before and after; null where there are none. */
export function figuresOf({ figures }: CheckedRule): string | null {
  if (figures === null) return null;
  const format = FORMATS[figures.unit];
  return `${format(figures.before)} → ${format(figures.after)}`;
}

const FORMATS: Readonly<Record<NonNullable<CheckedRule['figures']>['unit'], (value: number) => string>> = {
  ms: (ms) => adaptiveTime(ms),
  calls: (calls) => `${whole(Math.round(calls))} ${Math.round(calls) === 1 ? 'call' : 'calls'}`,
  bytes: (bytes) => mebibytes(bytes),
  ratio: (ratio) => percent(ratio),
};

/** Why it is as it is, and in which words the outputs part: a line each. */
export function whyLines({ why }: CheckedRule): string[] {
  return why === null ? [] : why.split('\n');
}

/** One line: verdict, demand, figures, and why. */
export function ruleSentence(rule: CheckedRule): string {
  const facts = [measuredOf(rule), figuresOf(rule), ...whyLines(rule)].filter((fact) => fact !== null);
  const found = facts.length === 0 ? '' : `: ${facts.join('; ')}`;
  return `${rule.subject}: ${demandOf(rule)}: ${VERDICT_WORDS[rule.verdict]}${found}`;
}

/** What a function costs more, and why. */
export function causeSentence(cause: Cause): string {
  return `${functionName(cause)} (${cause.origin}): ${causeReason(cause)}`;
}

/** By how much a function costs more, and why. */
export function causeReason(cause: Cause): string {
  const cost = cause.selfDeltaMs.point === 0 ? [] : [causeCost(cause)];
  return [...cost, cause.reason, ...perCall(cause), causeCalls(cause)].join(', ');
}

/** Where the calls are as many, what one of them takes. */
function perCall({ reason, selfUsPerCall: { before, after } }: Cause): string[] {
  if (reason !== 'more time a call' || before === null || after === null) return [];
  return [`${adaptiveTime(before / US_PER_MS)} → ${adaptiveTime(after / US_PER_MS)} a call`];
}

export function causeCost({ selfDeltaMs: { point, low, high } }: Cause): string {
  const bounds = low === null || high === null ? '' : ` (${timeSpan(low, high)})`;
  return `${signedMilliseconds(point)}${bounds}`;
}

export function causeCalls({ calls }: Cause): string {
  return `calls ${whole(calls.before)} → ${whole(calls.after)}`;
}

export function functionName({ name }: { readonly name: string }): string {
  return name === '' ? '(anonymous)' : name;
}

export function failedRules({ rules }: CheckReport): readonly CheckedRule[] {
  return rules.filter(({ verdict }) => verdict === 'fail');
}

/** What it was compared with, in words; null where it was with nothing. */
export function comparedWith({ against, baseline }: CheckReport): string | null {
  const commit = against === null ? [] : [commitWords(against)];
  const stored = baseline === null ? [] : [`the baseline ${baseline.file}`];
  const all = [...commit, ...stored];
  return all.length === 0 ? null : all.join(', and ');
}

/** A commit that was asked for by its hash is not said twice. */
function commitWords({ name, commit }: NonNullable<CheckReport['against']>): string {
  return name === commit ? `commit ${commit}` : `${name}, commit ${commit}`;
}

/** The largest probability that all of it fails by chance. */
export function falseAlarmWords(falseAlarmRate: number): string {
  return `the probability of a false failure is at most ${percent(falseAlarmRate)}`;
}

export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const FILES = 5;

/** The changes that were measured though they are not committed; null where there are none. */
export function uncommittedWords({ uncommittedChanges, uncommittedFiles }: CheckReport): string | null {
  if (!uncommittedChanges) return null;
  const left = uncommittedFiles.length - FILES;
  const named = uncommittedFiles.slice(0, FILES).join(', ');
  return `what was measured has uncommitted changes: ${named}${left > 0 ? ` and ${left} more` : ''}`;
}

/** What the times of the whole job are of; null where they are of `run`. */
export function timingWords({ includesImport }: CheckReport): string | null {
  return includesImport === true ? 'times are from the first line of the import to the end of run' : null;
}

/** How the other commit was made to run; empty where none was. */
export function otherTreeWords({ dependencies, implementationFrom }: CheckReport): string[] {
  if (dependencies === null) return [];
  return [
    `${PACKAGES[dependencies.choice]} (${dependencies.why})`,
    ...(implementationFrom === 'this-tree'
      ? ["this tree's implementation ran with that commit's sources"]
      : []),
  ];
}

const PACKAGES: Readonly<Record<NonNullable<CheckReport['dependencies']>['choice'], string>> = {
  none: 'no packages',
  shared: 'packages shared with this tree',
  installed: 'packages installed for that commit',
  production: 'production packages installed for that commit',
};

function signedPercent(ratio: number): string {
  return `${ratio > 0 ? '+' : ''}${percent(ratio)}`;
}
