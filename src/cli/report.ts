import type { Command } from 'commander';
import { escapeTerminal } from '../render/escape.ts';
import { addProjectOptions } from './options.ts';
import { fromHere } from './present.ts';

interface ReportOptions {
  readonly job?: string;
  readonly json: boolean;
  readonly open: boolean;
}

export function addReport(program: Command): void {
  const command = program
    .command('report')
    .description('one HTML file that shows two stored runs, to be opened anywhere')
    .argument('[before]', "a name, a report's .json file, or anybody's profile")
    .argument('[after]', 'the same')
    .option('--open', 'open it in the browser', false)
    .addHelpText('after', '\nExample:\n  outpace report old new --open');
  addProjectOptions(command).action(
    async (before: string | undefined, after: string | undefined, { job, json, open }: ReportOptions) => {
      const { openInBrowser, report } = await import('../api/report.ts');
      const { file, benchFile, comparison } = await report({ before, after, job });
      if (json) {
        const { namedInUnit } = await import('../compare/named-in-unit.ts');
        const shown = namedInUnit(comparison, comparison.measure);
        const result = { schemaVersion: 1, kind: 'report', file, benchFile, comparison: shown };
        process.stdout.write(`${JSON.stringify(result)}\n`);
      } else {
        for (const warning of comparison.warnings)
          process.stderr.write(`Warning: ${escapeTerminal(warning)}\n`);
        process.stdout.write(`${escapeTerminal(fromHere(file))}\n`);
      }
      if (open) await openInBrowser(file);
    },
  );
}
