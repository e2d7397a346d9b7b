import type { Command } from 'commander';
import { EXIT_CODES } from '../base/errors.ts';
import { MS_PER_S } from '../base/units.ts';
import { collect, durationMs } from './options.ts';
import { comparisonFromHere, fromHere } from './present.ts';
import { stderrProgress } from './progress.ts';

interface GainOptions {
  readonly input: readonly string[];
  readonly quick: boolean;
  readonly budget: number;
  readonly allowDifferentOutput: boolean;
  readonly timeout?: number;
  readonly quiet: boolean;
  readonly json: boolean;
}

const BUDGET_MS = 30 * MS_PER_S;
const QUICK_BUDGET_MS = 4 * MS_PER_S;
const QUICK_INPUT = ['users=10000'];

export function addGain(program: Command, signal: AbortSignal): void {
  program
    .command('gain')
    .description('the main job: time both implementations interleaved, profile both, and compare them')
    .argument('[before]', 'the name of an implementation')
    .argument('[after]', 'the name of an implementation')
    .option('--input <key=value>', 'override one value of the input', collect, [])
    .option('--quick', 'six pairs and one sampling run a side; 10,000 users where the job has users', false)
    .option('--budget <duration>', 'the longest it may time; six pairs in any case', durationMs, BUDGET_MS)
    .option('--allow-different-output', 'measure though the outputs differ', false)
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
  const { benchProgress } = await import('../render/bench-text.ts');
  const { comparisonText } = await import('../render/comparison-text.ts');
  const root = process.cwd();
  const config = await loadConfig(root);
  const quickInput = options.quick && 'users' in config.input ? QUICK_INPUT : [];
  const progress = stderrProgress(options.quiet);
  try {
    const { comparison, benchFile } = await gain({
      root,
      job: config.job,
      before: await resolveImplementation(root, named.before ?? config.before),
      after: await resolveImplementation(root, named.after ?? config.after),
      input: overrideInput(config.input, [...quickInput, ...options.input]),
      samplingRuns: options.quick ? 1 : 3,
      intervalUs: config.interval,
      budgetMs: options.quick ? QUICK_BUDGET_MS : options.budget,
      timeoutMs: options.timeout ?? config.timeout,
      ...absoluteFolders(root, config),
      toleranceRatio: config.tolerance,
      judge: config.equal === undefined ? null : config.file,
      allowDifferentOutput: options.allowDifferentOutput,
      nodePath: process.execPath,
      signal,
      progress: {
        ...progress,
        round: ({ result, elapsedMs }) =>
          progress.detail(benchProgress(result, { elapsedMs, budgetMs: null })),
      },
    });
    progress.done();
    process.stdout.write(
      options.json
        ? `${JSON.stringify(comparison)}\n`
        : `${comparisonText(comparisonFromHere(comparison))}Pairs:  ${fromHere(benchFile)}\n`,
    );
    if (!comparison.outputsEqual) process.exitCode = EXIT_CODES.OUTPUTS_DIFFER;
  } finally {
    progress.done();
  }
}
