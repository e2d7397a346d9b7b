import type { Command } from 'commander';
import { OutpaceError } from '../base/errors.ts';
import { collect, durationMs } from './options.ts';
import { stderrProgress } from './progress.ts';

interface RunOptions {
  readonly input: readonly string[];
  readonly output?: string;
  readonly timeout?: number;
  readonly quiet: boolean;
  readonly json: boolean;
}

export function addRun(program: Command, signal: AbortSignal): void {
  program
    .command('run')
    .description('one unprofiled run; writes its output to a file, streaming')
    .argument('[implementation...]', 'the name of an impl-<name> folder')
    .option('--output <file>', 'where to: bytes as they are, text as UTF-8, any other value as JSON')
    .option('--input <key=value>', 'override one value of the input', collect, [])
    .option('--timeout <duration>', 'of the run, such as 10s', durationMs)
    .option('--quiet', 'no progress', false)
    .option('--json', 'print what was measured as JSON, and nothing else, on stdout', false)
    .action(async (names: readonly string[], options: RunOptions) => {
      const [name] = names;
      if (name === undefined || names.length > 1)
        throw new OutpaceError('USAGE', 'Usage: outpace run <implementation>');
      await runOnce(name, options, signal);
    });
}

async function runOnce(name: string, options: RunOptions, signal: AbortSignal): Promise<void> {
  const { run } = await import('../workflow/run.ts');
  const { loadConfig, overrideInput } = await import('../store/config.ts');
  const { resolveImplementation } = await import('../store/implementations.ts');
  const { runProgress, runText } = await import('../render/run-text.ts');
  const root = process.cwd();
  const config = await loadConfig(root);
  const progress = stderrProgress(options.quiet);
  try {
    progress.step(`${name}: one run`);
    const result = await run({
      root,
      implementation: await resolveImplementation(root, name),
      input: overrideInput(config.input, options.input),
      timeoutMs: options.timeout ?? config.timeout,
      outputFile: options.output ?? null,
      nodePath: process.execPath,
      signal,
      onProgress: (soFar) => progress.detail(`${name}: ${runProgress(soFar)}`),
    });
    progress.done();
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : runText(result));
  } finally {
    progress.done();
  }
}
