import type { Command } from 'commander';
import { escapeTerminal } from '../render/escape.ts';
import { addProjectOptions } from './options.ts';
import { shownPath } from './present.ts';
import type { Session } from './session.ts';

interface ReportOptions {
  readonly job?: string;
  readonly json: boolean;
  readonly open: boolean;
  readonly allowDifferentOutput: boolean;
}

export function addReport(program: Command, session: Session): void {
  const command = program
    .command('report')
    .description('one HTML file that shows two stored runs, to be opened anywhere')
    .argument('[before]', "a name, a report's .json file, or anybody's profile")
    .argument('[after]', 'the same')
    .option('--allow-different-output', 'give a verdict although the outputs differ', false)
    .option('--open', 'open it in the browser', false)
    .addHelpText('after', '\nExample:\n  outpace report old new --open');
  addProjectOptions(command).action(
    (before: string | undefined, after: string | undefined, options: ReportOptions) =>
      runReport({ before, after }, options, session),
  );
}

async function runReport(
  named: { readonly before: string | undefined; readonly after: string | undefined },
  { job, json, open, allowDifferentOutput }: ReportOptions,
  session: Session,
): Promise<void> {
  const { report } = session.api('report');
  const { file, benchFile, comparison } = await report({ ...named, job, allowDifferentOutput });
  if (json) {
    const { namedInUnit } = await import('../compare/named-in-unit.ts');
    const shown = namedInUnit(comparison, comparison.measure);
    await session.print.json({ schemaVersion: 1, kind: 'report', file, benchFile, comparison: shown });
  } else {
    const { mismatchLines, mismatchText } = await import('../render/mismatch-text.ts');
    const mismatch = mismatchText(comparison);
    const lines = [
      ...(mismatch === null ? [] : mismatchLines(mismatch)),
      ...comparison.warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    ];
    session.print.say(lines.map((line) => `${line}\n`).join(''));
    await session.print.text(`${shownPath(file)}\n`);
  }
  if (!open) return;
  const { openInBrowser } = await import('../api/report.ts');
  await openInBrowser(file);
}
