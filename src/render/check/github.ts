import type { CheckReport } from '../../compare/check-report.ts';
import { escapeTerminal } from '../escape.ts';
import { type ProjectPlace, pathInRepository } from './place.ts';
import { causeSentence, failedRules, functionName, ruleName, ruleSentence } from './rule-words.ts';

/** GitHub shows so many annotations of one kind a step; more would push out nothing but themselves. */
const SHOWN_OF_A_KIND = 10;

interface Annotation {
  readonly kind: 'error' | 'warning';
  readonly title: string;
  /** Lines; a name with a newline in it makes no second one. */
  readonly message: readonly string[];
  readonly file: string | null;
  readonly line: number;
}

/**
 * Workflow commands that GitHub shows at the lines of a change: errors for the rules that failed and, as far as it shows
 * more, for their causes; warnings for what is inconclusive. Empty where every rule passed.
 */
export function checkAnnotations(report: CheckReport, place: ProjectPlace): string {
  const titled = `outpace ${report.job}`;
  const errors = [
    ...failedRules(report).map((rule) => ({
      kind: 'error' as const,
      title: `${titled}: ${ruleName(rule)} failed`,
      message: [ruleSentence(rule), `Reproduce: ${report.command}`],
      file: null,
      line: 0,
    })),
    ...report.causes.map((cause) => ({
      kind: 'error' as const,
      title: `${titled}: ${functionName(cause)}, ${cause.reason}`,
      message: [causeSentence(cause)],
      file: pathInRepository(cause.file, place),
      line: Math.max(1, cause.line),
    })),
  ];
  const warnings = report.rules
    .filter(({ verdict }) => verdict === 'inconclusive')
    .map((rule) => ({
      kind: 'warning' as const,
      title: `${titled}: ${ruleName(rule)} is inconclusive`,
      message: [ruleSentence(rule)],
      file: null,
      line: 0,
    }));
  return [...errors.slice(0, SHOWN_OF_A_KIND), ...warnings.slice(0, SHOWN_OF_A_KIND)]
    .map((annotation) => `${commandOf(annotation)}\n`)
    .join('');
}

function commandOf({ kind, title, message, file, line }: Annotation): string {
  const place = file === null ? '' : `file=${escapeProperty(file)},line=${line},`;
  return `::${kind} ${place}title=${escapeProperty(title)}::${message.map(escapeTerminal).map(escapeData).join('%0A')}`;
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions, as GitHub's own toolkit does it. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(escapeTerminal(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
