import { type Command, InvalidArgumentError } from 'commander';
import { addProjectOptions, wholeAboveZero } from './options.ts';
import type { Session } from './session.ts';

interface HistoryOptions {
  readonly job?: string;
  readonly limit?: number;
  readonly since?: Date;
  readonly json: boolean;
}

export function addHistory(program: Command, session: Session): void {
  const command = program
    .command('history')
    .description(
      'the kept runs over time, from their reports: a line for each implementation, input and machine',
    )
    .argument('[implementation]', 'one alone')
    .option('--limit <number>', 'the most runs of one line, the newest (default: 30)', wholeAboveZero)
    .option('--since <date>', 'no earlier ones: such as 2026-01-31, in UTC', dateOf)
    .addHelpText('after', '\nExample:\n  outpace history new --since 2026-01-31');
  addProjectOptions(command).action((implementation: string | undefined, options: HistoryOptions) =>
    runHistory(implementation, options, session),
  );
}

async function runHistory(
  implementation: string | undefined,
  { json, ...options }: HistoryOptions,
  session: Session,
): Promise<void> {
  const { history } = await import('../api/history.ts');
  const report = await history({ implementation, ...options });
  if (json) {
    await session.print.json(report);
    return;
  }
  const { historyText } = await import('../render/history-text.ts');
  await session.print.text(historyText(report));
}

/** A day's first moment in UTC, or a moment with its offset. */
function dateOf(text: string): Date {
  const date = new Date(text);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  // The 31st of February is taken for the 3rd of March.
  const isReal = !Number.isNaN(date.getTime()) && (isMoment || date.toISOString().startsWith(text));
  if ((!isDay && !isMoment) || !isReal)
    throw new InvalidArgumentError('expected a date such as 2026-01-31, or 2026-01-31T12:00:00Z.');
  return date;
}
