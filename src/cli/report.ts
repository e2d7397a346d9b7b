import type { Command } from 'commander';
import { escapeTerminal } from '../render/escape.ts';
import { addProjectOptions } from './options.ts';
import { shownPath } from './present.ts';
import { printJson, printText, say } from './print.ts';

interface ReportOptions {
  readonly job?: string;
  readonly json: boolean;
  readonly open: boolean;
}

export function addReport(program: Command): void {
  const command = program
    .command('report')
    .description('one HTML file that shows two stored runs, to be opened anywhere')
    .argument('[before]', "a name, a report's .json file, or anybody's .cpuprofile")
    .argument('[after]', 'the same')
    .option('--open', 'open it in the browser', false)
    .addHelpText('after', '\nExample:\n  outpace report old new --open');
  addProjectOptions(command).action(
    async (before: string | undefined, after: string | undefined, { job, json, open }: ReportOptions) => {
      const { openInBrowser, report } = await import('../api/report.ts');
      const { file, benchFile, comparison } = await report({ before, after, job });
      if (json) {
        const result = { schemaVersion: 1, kind: 'report', file, benchFile, comparison };
        await printJson(result);
      } else {
        for (const warning of comparison.warnings) say(`Warning: ${escapeTerminal(warning)}\n`);
        await printText(`${shownPath(file)}\n`);
      }
      if (open) await openInBrowser(file);
    },
  );
}
