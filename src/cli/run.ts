import type { Command } from 'commander';
import { OutpaceError } from '../base/errors.ts';
import { addSharedOptions, type SharedOptions } from './options.ts';

interface RunOptions extends SharedOptions {
  readonly output?: string;
}

export function addRun(program: Command, signal: AbortSignal): void {
  const command = program
    .command('run')
    .addHelpText('after', '\nExample:\n  outpace run new --output users.json')
    .description('one unprofiled run; writes its output to a file, streaming')
    .argument('[implementation...]', 'the name of an impl-<name> folder, or one from the settings')
    .option('--output <file>', 'where to: bytes as they are, text as UTF-8, any other value as JSON');
  addSharedOptions(command).action(async (names: readonly string[], options: RunOptions) => {
    const [name] = names;
    if (name === undefined || names.length > 1)
      throw new OutpaceError('USAGE', 'Usage: outpace run <implementation>');
    await runOnce(name, options, signal);
  });
}

async function runOnce(implementation: string, options: RunOptions, signal: AbortSignal): Promise<void> {
  const { run } = await import('../api/run.ts');
  const { printedTo } = await import('./progress.ts');
  const { runText } = await import('../render/run-text.ts');
  const { runAndPrint } = await import('./running.ts');
  await runAndPrint(options, { signal }, async (shared, progress) => {
    const result = await run({
      ...shared,
      implementation,
      outputFile: options.output,
      onPrinted: printedTo(process.stderr, progress),
    });
    return { result, text: () => runText(result) };
  });
}
