import type { Command } from 'commander';
import { OutpaceError } from '../base/errors.ts';
import { addSharedOptions, type SharedOptions } from './options.ts';
import type { Session } from './session.ts';

interface RunOptions extends SharedOptions {
  readonly output?: string;
}

export function addRun(program: Command, session: Session): void {
  const command = program
    .command('run')
    .addHelpText('after', '\nExample:\n  outpace run new --output result.json')
    .description('one unprofiled run; writes its output to a file, streaming')
    .argument('[implementation...]', 'the name of an impl-<name> folder, or one from the settings')
    .option('--output <file>', 'where to: bytes as they are, text as UTF-8, any other value as JSON');
  addSharedOptions(command).action(async (names: readonly string[], options: RunOptions) => {
    const [name] = names;
    if (name === undefined || names.length > 1)
      throw new OutpaceError('USAGE', 'Usage: outpace run <implementation>');
    await runOnce(name, options, session);
  });
}

async function runOnce(implementation: string, options: RunOptions, session: Session): Promise<void> {
  const { run } = session.api('run');
  const { printedTo } = await import('./progress.ts');
  const { runText } = await import('../render/run-text.ts');
  const { runAndPrint } = await import('./running.ts');
  await runAndPrint(options, { session }, async (shared, progress) => {
    const result = await run({
      ...shared,
      implementation,
      outputFile: options.output,
      onPrinted: printedTo(session.stderr, progress),
    });
    return { result, text: () => runText(result) };
  });
}
