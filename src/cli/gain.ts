import type { Command } from 'commander';
import { collect, durationMs } from './options.ts';
import { comparisonFromHere } from './present.ts';
import { stderrProgress } from './progress.ts';

interface GainOptions {
  readonly input: readonly string[];
  readonly quick: boolean;
  readonly timeout?: number;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Four timing runs a side: the fewest whose interval passes 95 %. */
const TIMING_RUNS = 4;
const OUTPUTS_DIFFER = 3;
const QUICK_INPUT = ['users=10000'];

export function addGain(program: Command, signal: AbortSignal): void {
  program
    .command('gain')
    .description('the main job: profile both implementations and compare them')
    .argument('[before]', 'the name of an implementation')
    .argument('[after]', 'the name of an implementation')
    .option('--input <key=value>', 'override one value of the input', collect, [])
    .option('--quick', 'one sampling run a side; 10,000 users where the job has users', false)
    .option('--timeout <duration>', 'of one run, such as 10s', durationMs)
    .option('--quiet', 'no progress', false)
    .option('--json', 'print the comparison as JSON, and nothing else, on stdout', false)
    .action((before: string | undefined, after: string | undefined, options: GainOptions) =>
      runGain({ before, after }, options, signal),
    );
}

async function runGain(
  named: { readonly before: string | undefined; readonly after: string | undefined },
  options: GainOptions,
  signal: AbortSignal,
): Promise<void> {
  const { gain } = await import('../workflow/gain.ts');
  const { absoluteFolders, loadConfig, overrideInput } = await import('../store/config.ts');
  const { resolveImplementation } = await import('../store/implementations.ts');
  const { comparisonText } = await import('../render/comparison-text.ts');
  const root = process.cwd();
  const config = await loadConfig(root);
  const quickInput = options.quick && 'users' in config.input ? QUICK_INPUT : [];
  const progress = stderrProgress(options.quiet);
  try {
    const comparison = await gain({
      root,
      job: config.job,
      before: await resolveImplementation(root, named.before ?? config.before),
      after: await resolveImplementation(root, named.after ?? config.after),
      input: overrideInput(config.input, [...quickInput, ...options.input]),
      timingRuns: TIMING_RUNS,
      samplingRuns: options.quick ? 1 : 3,
      intervalUs: config.interval,
      timeoutMs: options.timeout ?? config.timeout,
      ...absoluteFolders(root, config),
      toleranceRatio: config.tolerance,
      nodePath: process.execPath,
      signal,
      progress,
    });
    progress.done();
    process.stdout.write(
      options.json ? `${JSON.stringify(comparison)}\n` : comparisonText(comparisonFromHere(comparison)),
    );
    if (!comparison.outputsEqual) process.exitCode = OUTPUTS_DIFFER;
  } finally {
    progress.done();
  }
}
