import { type Command, Option } from 'commander';
import { EXIT_CODES, JUDGED_EXIT_CODES, OutpaceError } from '../base/errors.ts';
import { METRIC_NAMES, type MetricName } from '../compare/bench-report.ts';
import { type CheckReport, IMPLEMENTATIONS_FROM, type ImplementationFrom } from '../compare/check-report.ts';
import { escapeTerminal } from '../render/escape.ts';
import { DEPENDENCY_CHOICES, type DependencyChoice } from '../store/dependencies.ts';
import {
  addOutputOptions,
  assertOutputsWritable,
  type OutputOptions,
  writeOutputs,
} from './check-outputs.ts';
import {
  addSharedOptions,
  durationMs,
  gainRatio,
  growth,
  INCLUDE_IMPORT,
  type SharedOptions,
  wholeNumber,
} from './options.ts';
import { shownPath } from './present.ts';
import type { Session } from './session.ts';

interface CheckOptions extends SharedOptions, OutputOptions {
  readonly against?: string;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly maxSlowdown?: number;
  readonly minGain?: number;
  readonly maxMemory?: number;
  readonly maxImport?: number;
  readonly metric?: MetricName;
  readonly maxCalls?: number;
  readonly budget?: number;
  readonly seed?: number;
  readonly before?: string;
  readonly dependencies?: DependencyChoice;
  readonly implementationFrom?: ImplementationFrom;
  readonly includeImport?: boolean;
  readonly requireConclusive: boolean;
  readonly allowDifferentOutput: boolean;
}

const EXAMPLES = `
Examples:
  outpace check --against main --max-slowdown 5%
  outpace check --baseline outpace.baseline.json --update-baseline
  outpace check --baseline outpace.baseline.json`;

export function addCheck(program: Command, session: Session): void {
  const command = program
    .command('check')
    .description('the gate: is this tree slower than another commit, or does it do more than a baseline?')
    .argument('[after]', 'the implementation that is compared with itself, there and here')
    .option('--against <ref>', 'a git ref (default: the merge base with the default branch)')
    .option(
      '--baseline <file>',
      'compare with what is stored there: exact calls, output, memory, scaled time',
    )
    .option('--update-baseline', 'measure this tree, and store it there', false)
    .option('--max-slowdown <percent>', "such as 5% (default: the settings', or their tolerance)", growth)
    .option(
      '--min-gain <percent>',
      'how much faster it must stay than the settings’ before, such as 50%',
      gainRatio,
    )
    .option('--max-memory <percent>', 'growth of peak memory, such as 10%', growth)
    .option('--max-import <percent>', 'growth of the time of import and setup, such as 20%', growth)
    .addOption(
      new Option(
        '--metric <metric>',
        'what decides about --max-slowdown and --min-gain: wall time, CPU time or peak memory (default: wall)',
      ).choices(METRIC_NAMES),
    )
    .option('--max-calls <percent>', 'growth of any function’s exact calls, such as 0%', growth)
    .option('--budget <duration>', 'the longest that one comparison may measure (default: 30s)', durationMs)
    .option('--before <name>', "what --min-gain compares with (default: the settings' before)")
    .option('--seed <number>', 'of the order of the runs', wholeNumber)
    .addOption(
      new Option(
        '--dependencies <how>',
        "the other commit's packages: this tree's, its own, or its own without development packages " +
          '(default: auto, by its lockfile)',
      ).choices(DEPENDENCY_CHOICES),
    )
    .addOption(
      new Option(
        '--implementation-from <tree>',
        "this-tree: run this tree's implementation with the other commit's sources (default: other-commit)",
      ).choices(IMPLEMENTATIONS_FROM),
    )
    .option('--include-import', INCLUDE_IMPORT)
    .option('--require-conclusive', 'exit with 4 where nothing can be shown', false)
    .option('--allow-different-output', 'measure though the outputs differ', false)
    .addHelpText('after', EXAMPLES);
  addSharedOptions(addOutputOptions(command)).action((after: string | undefined, options: CheckOptions) =>
    options.updateBaseline ? runUpdate(after, options, session) : runCheck(after, options, session),
  );
}

async function runCheck(after: string | undefined, options: CheckOptions, session: Session): Promise<void> {
  const { check } = session.api('check');
  const { checkText } = await import('../render/check/text.ts');
  const { runAndPrint } = await import('./running.ts');
  await runAndPrint(options, contextOf(options, session), async (shared) => {
    await assertOutputsWritable(options);
    const { report, file } = await check({ ...shared, ...demandsOf(options), after });
    session.exitWith(exitCodeOf(report, options.requireConclusive));
    await writeOutputs(report, options, session);
    return { result: report, text: () => `${checkText(report)}Saved: ${shownPath(file)}\n` };
  });
}

async function runUpdate(after: string | undefined, options: CheckOptions, session: Session): Promise<void> {
  const { baseline: file, against } = options;
  if (file === undefined || against !== undefined)
    throw new OutpaceError('USAGE', '--update-baseline goes with --baseline <file>, and without --against');
  const { updateBaseline } = session.api('check');
  const { baselineLine } = await import('../render/check/text.ts');
  const { runAndPrint } = await import('./running.ts');
  await runAndPrint(options, contextOf(options, session), async (shared) => {
    const stored = await updateBaseline({ ...shared, ...demandsOf(options), after, baseline: file });
    return { result: stored, text: () => `${baselineLine(stored)}\nSaved: ${escapeTerminal(file)}\n` };
  });
}

function contextOf({ budget }: CheckOptions, session: Session) {
  return { session, budgetMs: budget ?? null };
}

function demandsOf(options: CheckOptions) {
  return {
    against: options.against,
    baseline: options.baseline,
    maxSlowdown: options.maxSlowdown,
    minGain: options.minGain,
    metric: options.metric,
    maxMemory: options.maxMemory,
    maxImport: options.maxImport,
    maxCalls: options.maxCalls,
    budgetMs: options.budget,
    before: options.before,
    seed: options.seed,
    dependencies: options.dependencies,
    implementationFrom: options.implementationFrom,
    includeImport: options.includeImport,
    allowDifferentOutput: options.allowDifferentOutput,
    requireConclusive: options.requireConclusive,
  };
}

function exitCodeOf({ verdict, rules }: CheckReport, requireConclusive: boolean): number {
  if (rules.some((rule) => rule.name === 'sameOutput' && rule.verdict === 'fail'))
    return EXIT_CODES.OUTPUTS_DIFFER;
  if (verdict.kind === 'fail') return JUDGED_EXIT_CODES.REGRESSION;
  return verdict.kind === 'inconclusive' && requireConclusive ? JUDGED_EXIT_CODES.INCONCLUSIVE : 0;
}
