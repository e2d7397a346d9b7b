import { type Command, Option } from 'commander';
import { OutpaceError } from '../base/errors.ts';
import { RUN_FORMATS, type RunFormat } from '../render/export/formats.ts';
import { addJobOption } from './options.ts';
import type { Session } from './session.ts';

interface ExportOptions {
  readonly job?: string;
  readonly format: RunFormat;
  readonly output?: string;
}

export function addExport(program: Command, session: Session): void {
  const command = program
    .command('export')
    .description('a stored run in another format')
    .argument('<run>', 'a name, whose newest report is meant, or the file of a report or a profile')
    .addOption(
      new Option('--format <format>', 'folded: for flame graphs; pprof: gzipped, for `go tool pprof`')
        .choices(RUN_FORMATS)
        .makeOptionMandatory(),
    )
    .option('--output <file>', 'where to; without it, to stdout')
    .addHelpText(
      'after',
      '\nExample:\n  outpace export new --format speedscope --output new.speedscope.json',
    );
  addJobOption(command).action(async (run: string, { format, job, output }: ExportOptions) => {
    if (format === 'pprof' && output === undefined && session.stdout.isTTY)
      throw new OutpaceError('USAGE', 'pprof is bytes: say --output <file>, or pipe it');
    const { exportRun } = await import('../api/export.ts');
    const { writeWhole } = await import('../store/output-file.ts');
    const onWarning = session.print.warn;
    const content = await exportRun({ run, format, job, onWarning });
    if (output !== undefined) await writeWhole(output, content);
    else if (typeof content !== 'string') await session.print.bytes(content);
    else
      await (format === 'json' || format === 'speedscope'
        ? session.print.jsonText(content)
        : session.print.text(content));
  });
}
