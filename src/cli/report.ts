import type { Command } from 'commander';
import { escapeTerminal } from '../render/escape.ts';
import { inThread } from './in-thread.ts';
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
    .argument('[before]', "a name, a report's .json file, or anybody's .cpuprofile")
    .argument('[after]', 'the same')
    .option('--open', 'open it in the browser', false)
    .addHelpText('after', '\nExample:\n  outpace report old new --open');
  addProjectOptions(command).action(
    async (before: string | undefined, after: string | undefined, { job, json, open }: ReportOptions) => {
      const { report } = inThread('report');
      const { file, benchFile, comparison } = await report({ before, after, job });
      if (json) {
        const result = { schemaVersion: 1, kind: 'report', file, benchFile, comparison };
        process.stdout.write(`${JSON.stringify(result)}\n`);
      } else {
        for (const warning of comparison.warnings)
          process.stderr.write(`Warning: ${escapeTerminal(warning)}\n`);
        process.stdout.write(`${escapeTerminal(fromHere(file))}\n`);
      }
      if (!open) return;
      const { openInBrowser } = await import('../api/report.ts');
      await openInBrowser(file);
    },
  );
}
