import type { CheckedRule, CheckReport, RuleVerdict } from '../compare/check-report.ts';
import { escapeTerminal } from './escape.ts';
import { interval, percent } from './format.ts';

const WORDS: Readonly<Record<RuleVerdict, string>> = {
  pass: 'passed',
  fail: 'FAILED',
  inconclusive: 'inconclusive',
};

/** The verdict first, then each rule with its figures, then how to measure it again. */
export function checkText({
  verdict,
  rules,
  against,
  uncommittedChanges,
  command,
  warnings,
}: CheckReport): string {
  return [
    `Check ${WORDS[verdict.kind]}`,
    ...rules.map(ruleLine),
    ...(against === null ? [] : [`Against ${escapeTerminal(against.name)}, ${against.commit}`]),
    ...(uncommittedChanges ? ['What was measured here has uncommitted changes'] : []),
    ...warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    ...(verdict.kind === 'pass' ? [] : [`Again: ${escapeTerminal(command)}`]),
    '',
  ].join('\n');
}

function ruleLine({ name, subject, verdict, measured, limit, pairs, measuredAgain }: CheckedRule): string {
  const [what, bound] =
    name === 'maxSlowdown'
      ? [measured.point >= 0 ? 'slower' : 'faster', `at most ${percent(limit)} slower`]
      : ['faster', `at least ${percent(limit)} faster`];
  const sign = name === 'maxSlowdown' && measured.point < 0 ? -1 : 1;
  const shown = (ratio: number) => percent(sign * ratio);
  const span = sign < 0 ? { ...measured, low: measured.high, high: measured.low } : measured;
  const again = measuredAgain ? ', twice' : '';
  return `  ${WORDS[verdict]}: ${escapeTerminal(subject)} is ${shown(measured.point)} ${what} (${interval(span, shown)}, ${pairs} pairs${again}); demanded: ${bound}`;
}
