import { type Command, Option } from 'commander';
import { OutpaceError } from '../base/errors.ts';

interface ExportOptions {
  readonly job?: string;
  readonly format: 'json' | 'markdown' | 'text' | 'folded' | 'pprof' | 'speedscope';
  readonly output?: string;
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('a stored run in another format')
    .argument('<run>', "a name, whose newest report is meant, or a report's or a .cpuprofile's file")
    .addOption(
      new Option('--format <format>', 'folded: for flame graphs; pprof: gzipped, for `go tool pprof`')
        .choices(['json', 'markdown', 'text', 'folded', 'pprof', 'speedscope'])
        .makeOptionMandatory(),
    )
    .option('--output <file>', 'where to; without it, to stdout')
    .option('--job <name>', 'which job, where the settings have several')
    .addHelpText('after', '\nExample:\n  outpace export new --format speedscope --output new.speedscope.json')
    .action(async (run: string, { format, job, output }: ExportOptions) => {
      if (format === 'pprof' && output === undefined && process.stdout.isTTY)
        throw new OutpaceError('USAGE', 'pprof is bytes: say --output <file>, or pipe it');
      const { exportRun } = await import('../api/export.ts');
      const { writeWhole } = await import('../store/output-file.ts');
      const content = await exportRun({ run, format, job });
      if (output === undefined) process.stdout.write(content);
      else await writeWhole(output, content);
    });
}
