import type { Command } from 'commander';
import { OutpaceError } from '../base/errors.ts';
import { collect, durationMs, wholeAboveZero } from './options.ts';
import { fromHere } from './present.ts';
import { stderrProgress } from './progress.ts';

interface ProfileOptions {
  readonly input: readonly string[];
  readonly runs?: number;
  readonly interval?: number;
  readonly timeout?: number;
  readonly quiet: boolean;
  readonly json: boolean;
}

export function addProfile(program: Command, signal: AbortSignal): void {
  program
    .command('profile')
    .description('time, sample and count one implementation on every thread')
    .argument('[implementation...]', 'the name of an impl-<name> folder')
    .option('--input <key=value>', 'override one value of the input', collect, [])
    .option('--runs <count>', 'timing runs and sampling runs (default: 3)', wholeAboveZero)
    .option('--interval <µs>', 'between two samples', wholeAboveZero)
    .option('--timeout <duration>', 'of one run, such as 10s', durationMs)
    .option('--quiet', 'no progress', false)
    .option('--json', 'print the report as JSON, and nothing else, on stdout', false)
    .action(async (names: readonly string[], options: ProfileOptions) => {
      const [name] = names;
      if (name === undefined || names.length > 1)
        throw new OutpaceError('USAGE', 'Usage: outpace profile <implementation>');
      await runProfile(name, options, signal);
    });
}

async function runProfile(name: string, options: ProfileOptions, signal: AbortSignal): Promise<void> {
  // Imported late, so that --help and --version do not pay for it.
  const { profile } = await import('../workflow/profile.ts');
  const { absoluteFolders, loadConfig, overrideInput } = await import('../store/config.ts');
  const { resolveImplementation } = await import('../store/implementations.ts');
  const root = process.cwd();
  const config = await loadConfig(root);
  const progress = stderrProgress(options.quiet);
  try {
    const { report, textFile } = await profile({
      root,
      job: config.job,
      implementation: await resolveImplementation(root, name),
      input: overrideInput(config.input, options.input),
      timingRuns: options.runs ?? 3,
      samplingRuns: options.runs ?? 3,
      intervalUs: options.interval ?? config.interval,
      timeoutMs: options.timeout ?? config.timeout,
      ...absoluteFolders(root, config),
      nodePath: process.execPath,
      signal,
      progress,
    });
    progress.done();
    process.stdout.write(
      options.json
        ? `${JSON.stringify(report)}\n`
        : `Profiling complete. Output saved to ${fromHere(textFile)}.\n`,
    );
  } finally {
    progress.done();
  }
}
