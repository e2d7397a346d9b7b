import type { Command } from 'commander';
import { JUDGED_EXIT_CODES } from '../base/errors.ts';
import { addSharedOptions, durationMs, ratio, type SharedOptions } from './options.ts';

interface CheckOptions extends SharedOptions {
  readonly against?: string;
  readonly maxSlowdown?: number;
  readonly minGain?: number;
  readonly budget?: number;
  readonly requireConclusive: boolean;
  readonly allowDifferentOutput: boolean;
}

export function addCheck(program: Command, signal: AbortSignal): void {
  const command = program
    .command('check')
    .description('the gate: is this tree slower than another commit, both measured interleaved here?')
    .argument('[after]', 'the implementation that is compared with itself at that commit')
    .option('--against <ref>', 'a git ref (default: the merge base with the default branch)')
    .option('--max-slowdown <percent>', "such as 5% (default: the settings', or their tolerance)", ratio)
    .option(
      '--min-gain <percent>',
      'how much faster it must stay than the settings’ before, such as 50%',
      ratio,
    )
    .option('--budget <duration>', 'the longest that one comparison may measure (default: 30s)', durationMs)
    .option('--require-conclusive', 'exit with 4 where nothing can be shown', false)
    .option('--allow-different-output', 'measure though the outputs differ', false)
    .addHelpText('after', '\nExample:\n  outpace check --against main --max-slowdown 5%');
  addSharedOptions(command).action((after: string | undefined, options: CheckOptions) =>
    runCheck(after, options, signal),
  );
}

async function runCheck(
  after: string | undefined,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<void> {
  const { check } = await import('../api/check.ts');
  const { checkText } = await import('../render/check-text.ts');
  const { runAndPrint } = await import('./running.ts');
  const { against, maxSlowdown, minGain, budget: budgetMs, allowDifferentOutput } = options;
  await runAndPrint(options, { signal, budgetMs: budgetMs ?? null }, async (shared) => {
    const rules = { against, maxSlowdown, minGain, budgetMs, allowDifferentOutput };
    const report = await check({ ...shared, ...rules, after });
    const { kind } = report.verdict;
    if (kind === 'fail') process.exitCode = JUDGED_EXIT_CODES.REGRESSION;
    if (kind === 'inconclusive' && options.requireConclusive)
      process.exitCode = JUDGED_EXIT_CODES.INCONCLUSIVE;
    return { result: report, text: () => checkText(report) };
  });
}
