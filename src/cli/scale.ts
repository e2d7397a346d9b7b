import { type Command, InvalidArgumentError } from 'commander';
import { EXIT_CODES } from '../base/errors.ts';
import { addSharedOptions, durationMs, type SharedOptions, wholeAboveZero } from './options.ts';
import { shownPath } from './present.ts';
import type { Session } from './session.ts';

interface ScaleOptions extends SharedOptions {
  readonly sizes: readonly number[];
  readonly key?: string;
  readonly workers?: readonly number[];
  readonly budget?: number;
  readonly seed?: number;
  readonly allowDifferentOutput: boolean;
}

export function addScale(program: Command, session: Session): void {
  const command = program
    .command('scale')
    .description('from which size on is it faster, and what would more cores bring? A sweep of both sides')
    .argument('[before]', 'the name of an implementation')
    .argument('[after]', 'the name of an implementation')
    .requiredOption('--sizes <list>', 'such as 100,1000,10000', sizeList)
    .option('--workers <list>', "of the second implementation, given as its input's workers", workerList)
    .option(
      '--key <name>',
      'which number of the input to vary (default: sizeKey of the config, or the only number)',
    )
    .option('--budget <duration>', 'three rounds in any case (default: 60s)', durationMs)
    .option('--seed <number>', 'of the order of the runs', wholeAboveZero)
    .option('--allow-different-output', 'measure though the outputs differ', false)
    .addHelpText('after', '\nExample:\n  outpace scale old new --sizes 100,1000,10000 --workers 0,1');
  addSharedOptions(command).action(
    (before: string | undefined, after: string | undefined, options: ScaleOptions) =>
      runScale({ before, after }, options, session),
  );
}

async function runScale(
  named: { readonly before: string | undefined; readonly after: string | undefined },
  options: ScaleOptions,
  session: Session,
): Promise<void> {
  const { scale } = session.api('scale');
  const { scaleText } = await import('../render/scale-text.ts');
  const { runAndPrint } = await import('./running.ts');
  const { sizes, workers, key: sizeKey, budget: budgetMs, seed, allowDifferentOutput } = options;
  await runAndPrint(options, { session }, async (shared) => {
    const sweep = { sizes, workers, sizeKey, budgetMs, seed, allowDifferentOutput };
    const { report, file } = await scale({ ...shared, ...named, ...sweep });
    if (report.stoppedBy === 'interrupted') session.exitWith(EXIT_CODES.INTERRUPTED);
    return { result: report, text: () => `${scaleText(report)}Saved: ${shownPath(file)}\n` };
  });
}

function sizeList(text: string): number[] {
  return text.split(',').map(wholeAboveZero);
}

function workerList(text: string): number[] {
  return text.split(',').map((part) => {
    if (!/^\d{1,4}$/.test(part)) throw new InvalidArgumentError('expected whole numbers such as 0,1,2.');
    return Number(part);
  });
}
