import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT_CODES, OutpaceError } from '../base/errors.ts';
import { MS_PER_S } from '../base/units.ts';
import type { BenchReport, BenchResult } from '../compare/bench-report.ts';
import { collect, durationMs, ratio, wholeAboveZero } from './options.ts';
import { fromHere } from './present.ts';
import { stderrProgress } from './progress.ts';

interface BenchOptions {
  readonly input: readonly string[];
  readonly budget: number;
  readonly pairs?: number;
  readonly tolerance?: number;
  readonly confidence: number;
  readonly mode: 'cold' | 'steady' | 'both';
  readonly failOn?: 'regression' | 'inconclusive';
  readonly seed: number;
  readonly allowDifferentOutput: boolean;
  readonly timeout?: number;
  readonly calibrate: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

export function addBench(program: Command, signal: AbortSignal): void {
  program
    .command('bench')
    .description('is it faster? Interleaved fresh processes, until the answer is clear or the time is spent')
    .argument('[before]', 'the name of an implementation')
    .argument('[after...]', 'one, or several to be compared with the first')
    .option('--budget <duration>', 'the longest it may measure', durationMs, 30 * MS_PER_S)
    .option('--pairs <count>', 'measure so many pairs, whatever they show', wholeAboveZero)
    .option('--tolerance <percent>', 'the largest difference that counts as none, such as 2%', ratio)
    .option('--confidence <percent>', 'such as 95%', confidence, 0.95)
    .addOption(
      new Option('--mode <mode>', 'cold: one run a process; steady: repeated in it')
        .choices(['cold', 'steady', 'both'])
        .default('cold'),
    )
    .addOption(new Option('--fail-on <what>', 'exit with 2 or 4').choices(['regression', 'inconclusive']))
    .option('--seed <number>', 'of the order of the runs', wholeAboveZero, 1)
    .option('--allow-different-output', 'measure though the outputs differ', false)
    .option('--calibrate', 'measure the machine: one side against itself', false)
    .option('--input <key=value>', 'override one value of the input', collect, [])
    .option('--timeout <duration>', 'of one run, such as 10s', durationMs)
    .option('--quiet', 'no progress', false)
    .option('--json', 'print the result as JSON, and nothing else, on stdout', false)
    .action((before: string | undefined, after: readonly string[], options: BenchOptions) =>
      runBench({ before, after }, options, signal),
    );
}

async function runBench(
  named: { readonly before: string | undefined; readonly after: readonly string[] },
  options: BenchOptions,
  signal: AbortSignal,
): Promise<void> {
  if (options.mode === 'both' && named.after.length > 1)
    throw new OutpaceError('USAGE', '--mode both compares two implementations, not more');
  const { bench } = await import('../workflow/bench.ts');
  const { benchProgress, benchText } = await import('../render/bench-text.ts');
  const { absoluteFolders, loadConfig, overrideInput } = await import('../store/config.ts');
  const { resolveImplementation } = await import('../store/implementations.ts');
  const root = process.cwd();
  const config = await loadConfig(root);
  const afters = named.after.length === 0 ? [config.after] : named.after;
  const before = await resolveImplementation(root, named.before ?? config.before);
  const after = [];
  for (const name of afters) after.push(await resolveImplementation(root, name));
  const folders = absoluteFolders(root, config);
  const progress = stderrProgress(options.quiet);
  const budgetMs = options.pairs === undefined ? options.budget : null;
  const shared = {
    root,
    job: config.job,
    before,
    plan: {
      confidenceLevel: options.confidence,
      spending: options.failOn === undefined ? 'pocock' : 'obrien-fleming',
      fixedPairs: options.pairs ?? null,
      leastPairs: 1,
    },
    budgetMs: options.budget,
    seed: options.seed,
    judge: config.equal === undefined ? null : config.file,
    input: overrideInput(config.input, options.input),
    timeoutMs: options.timeout ?? config.timeout,
    reportsDir: folders.reportsDir,
    nodePath: process.execPath,
    signal,
    progress: {
      step: progress.step,
      round: ({ result, elapsedMs }: { result: BenchResult; elapsedMs: number }) =>
        progress.detail(benchProgress(result, { elapsedMs, budgetMs })),
    },
  } as const;
  const wantedTolerance = options.tolerance ?? config.tolerance;
  try {
    if (options.calibrate) {
      const { calibrate } = await import('../workflow/calibrate.ts');
      const { noiseText } = await import('../render/noise-text.ts');
      const mode = options.mode === 'steady' ? 'steady' : 'cold';
      const { noise, file } = await calibrate({ ...shared, mode, toleranceRatio: wantedTolerance });
      progress.done();
      const plan = { budgetMs: options.budget, toleranceRatio: Math.max(wantedTolerance, noise.noiseRatio) };
      process.stdout.write(
        options.json ? `${JSON.stringify(noise)}\n` : `${noiseText(noise, plan)}Saved: ${fromHere(file)}\n`,
      );
      return;
    }
    const { report, file } = await bench({
      ...shared,
      after,
      mode: options.mode,
      toleranceRatio: wantedTolerance,
      outputs: options.allowDifferentOutput ? 'may differ' : 'must be equal',
    });
    progress.done();
    process.stdout.write(
      options.json ? `${JSON.stringify(report)}\n` : `${benchText(report)}Saved: ${fromHere(file)}\n`,
    );
    process.exitCode = exitCodeOf(report, options.failOn);
  } finally {
    progress.done();
  }
}

const REGRESSION = 2;
const INCONCLUSIVE = 4;

function exitCodeOf(report: BenchReport, failOn: BenchOptions['failOn']): number {
  if (report.stoppedBy === 'interrupted') return EXIT_CODES.INTERRUPTED;
  if (!report.outputsEqual) return EXIT_CODES.OUTPUTS_DIFFER;
  const results =
    'modes' in report
      ? [report.modes.cold, report.modes.steady]
      : 'comparisons' in report
        ? report.comparisons
        : [report];
  const kinds = results.map(({ verdict }) => verdict.kind);
  if (failOn !== undefined && kinds.includes('slower')) return REGRESSION;
  return failOn === 'inconclusive' && kinds.includes('inconclusive') ? INCONCLUSIVE : 0;
}

function confidence(text: string): number {
  const value = ratio(text);
  if (value < 0.5 || value > 0.999) throw new InvalidArgumentError('expected 50% to 99.9%.');
  return value;
}
