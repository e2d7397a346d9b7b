import type { Command } from 'commander';
import { addSharedOptions, durationMs, ratio, type SharedOptions } from './options.ts';

interface CheckOptions extends SharedOptions {
  readonly against?: string;
  readonly maxSlowdown?: number;
  readonly minGain?: number;
  readonly budget?: number;
  readonly requireConclusive: boolean;
  readonly allowDifferentOutput: boolean;
}

const REGRESSION = 2;
const INCONCLUSIVE = 4;

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
  const { running } = await import('./running.ts');
  const { against, maxSlowdown, minGain, budget: budgetMs, allowDifferentOutput } = options;
  const { progress, options: shared } = running(options, { signal, budgetMs: budgetMs ?? null });
  try {
    const rules = { against, maxSlowdown, minGain, budgetMs, allowDifferentOutput };
    const report = await check({ ...shared, ...rules, after });
    progress.done();
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : checkText(report));
    if (report.verdict.kind === 'fail') process.exitCode = REGRESSION;
    if (report.verdict.kind === 'inconclusive' && options.requireConclusive) process.exitCode = INCONCLUSIVE;
  } finally {
    progress.done();
  }
}
