import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT_CODES, JUDGED_EXIT_CODES, OutpaceError } from '../base/errors.ts';
import { MS_PER_S } from '../base/units.ts';
import {
  type BenchReport,
  DEFAULT_CONFIDENCE,
  METRIC_NAMES,
  type MetricName,
} from '../compare/bench-report.ts';
import {
  addSharedOptions,
  durationMs,
  INCLUDE_IMPORT,
  ratio,
  type SharedOptions,
  wholeAboveZero,
} from './options.ts';
import { shownPath } from './present.ts';
import type { Session } from './session.ts';

interface BenchOptions extends SharedOptions {
  readonly budget: number;
  readonly pairs?: number;
  readonly tolerance?: number;
  readonly confidence: number;
  readonly metric: MetricName;
  readonly mode?: 'cold' | 'steady' | 'both';
  readonly failOn?: 'regression' | 'inconclusive';
  readonly seed: number;
  readonly allowDifferentOutput: boolean;
  readonly calibrate: boolean;
  readonly includeImport?: boolean;
}

export function addBench(program: Command, session: Session): void {
  const command = program
    .command('bench')
    .addHelpText('after', '\nExample:\n  outpace bench old new --budget 10s --tolerance 1%')
    .description('is it faster? Interleaved fresh processes, until the answer is clear or the time is spent')
    .argument('[before]', 'the name of an implementation')
    .argument('[after...]', 'one, or several to be compared with the first')
    .addOption(
      new Option('--budget <duration>', 'the longest it may measure')
        .argParser(durationMs)
        .default(30 * MS_PER_S, '30s'),
    )
    .option('--pairs <count>', 'measure so many pairs, whatever they show', wholeAboveZero)
    .option('--tolerance <percent>', 'the largest difference that counts as none, such as 2%', ratio)
    .addOption(
      new Option('--confidence <percent>', 'of the interval, over all looks')
        .argParser(confidence)
        .default(DEFAULT_CONFIDENCE, '95%'),
    )
    .addOption(
      new Option('--metric <metric>', 'which one decides: time, CPU time of all threads, or peak memory')
        .choices(METRIC_NAMES)
        .default('wall'),
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'cold: one run per process; steady: repeated in it (default: steady for runs of less than 1 ms, else cold)',
      ).choices(['cold', 'steady', 'both']),
    )
    .addOption(new Option('--fail-on <what>', 'exit with 2 or 4').choices(['regression', 'inconclusive']))
    .option('--seed <number>', 'of the order of the runs', wholeAboveZero, 1)
    .option('--include-import', INCLUDE_IMPORT)
    .option('--allow-different-output', 'measure though the outputs differ', false)
    .option('--calibrate', 'measure the machine: one side against itself', false);
  addSharedOptions(command).action(
    (before: string | undefined, after: readonly string[], options: BenchOptions) =>
      runBench({ before, after }, options, session),
  );
}

async function runBench(
  named: { readonly before: string | undefined; readonly after: readonly string[] },
  options: BenchOptions,
  session: Session,
): Promise<void> {
  if (options.mode === 'both' && named.after.length > 1)
    throw new OutpaceError('USAGE', '--mode both compares two implementations, not more');
  const { budget: budgetMs, pairs, tolerance, confidence: level, seed, mode, metric } = options;
  const { runAndPrint } = await import('./running.ts');
  const context = { session, budgetMs: pairs === undefined ? budgetMs : null, metric };
  await runAndPrint(options, context, async (shared) => {
    const { bench, calibrate } = session.api('bench');
    const measuring = {
      ...shared,
      before: named.before,
      budgetMs,
      tolerance,
      confidence: level,
      metric,
      seed,
      pairs,
      includeImport: options.includeImport,
    };
    if (options.calibrate) {
      const { noiseText } = await import('../render/noise-text.ts');
      const { noise, toleranceRatio, file } = await calibrate({
        ...measuring,
        mode: mode === 'steady' ? 'steady' : 'cold',
      });
      return {
        result: noise,
        text: () => `${noiseText(noise, { budgetMs, toleranceRatio })}Saved: ${shownPath(file)}\n`,
      };
    }
    const { benchText } = await import('../render/bench-text.ts');
    const { report, file } = await bench({
      ...measuring,
      after: named.after.length === 0 ? undefined : named.after,
      mode,
      forGate: options.failOn !== undefined,
      allowDifferentOutput: options.allowDifferentOutput,
    });
    session.exitWith(exitCodeOf(report, options.failOn));
    return { result: report, text: () => `${benchText(report)}Saved: ${shownPath(file)}\n` };
  });
}

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
  if (failOn !== undefined && kinds.includes('slower')) return JUDGED_EXIT_CODES.REGRESSION;
  return failOn === 'inconclusive' && kinds.includes('inconclusive') ? JUDGED_EXIT_CODES.INCONCLUSIVE : 0;
}

function confidence(text: string): number {
  const value = ratio(text);
  if (value < 0.5 || value > 0.999) throw new InvalidArgumentError('expected 50% to 99.9%.');
  return value;
}
