import type { Command } from 'commander';
import { EXIT_CODES } from '../base/errors.ts';
import { addSharedOptions, durationMs, INCLUDE_IMPORT, type SharedOptions } from './options.ts';
import { comparisonFromHere, shownPath } from './present.ts';
import type { Session } from './session.ts';

interface GainOptions extends SharedOptions {
  readonly quick: boolean;
  readonly budget?: number;
  readonly allowDifferentOutput: boolean;
  readonly includeImport?: boolean;
}

export function addGain(program: Command, session: Session): void {
  const command = program
    .command('gain')
    .addHelpText('after', '\nExample:\n  outpace gain old new --quick')
    .description('the main job: time both implementations interleaved, profile both, and compare them')
    .argument('[before]', 'the name of an implementation')
    .argument('[after]', 'the name of an implementation')
    .option('--quick', 'measure less, with the input that the config has under quick', false)
    .option(
      '--budget <duration>',
      'the longest it may time; six pairs in any case (default: 30s)',
      durationMs,
    )
    .option('--include-import', INCLUDE_IMPORT)
    .option('--allow-different-output', 'measure though the outputs differ', false);
  addSharedOptions(command).action(
    (before: string | undefined, after: string | undefined, options: GainOptions) =>
      runGain({ before, after }, options, session),
  );
}

async function runGain(
  named: { readonly before: string | undefined; readonly after: string | undefined },
  options: GainOptions,
  session: Session,
): Promise<void> {
  const { gain } = session.api('gain');
  const { comparisonText } = await import('../render/comparison-text.ts');
  const { runAndPrint } = await import('./running.ts');
  const { quick, budget: budgetMs, includeImport, allowDifferentOutput } = options;
  await runAndPrint(options, { session }, async (shared) => {
    const wanted = { quick, budgetMs, includeImport, allowDifferentOutput };
    const { comparison, benchFile, reportFile } = await gain({ ...shared, ...named, ...wanted });
    if (comparison.outputsEqual === false) session.exitWith(EXIT_CODES.OUTPUTS_DIFFER);
    return {
      result: comparison,
      text: () =>
        `${comparisonText(comparisonFromHere(comparison))}Pairs:  ${shownPath(benchFile)}\n` +
        (reportFile === null ? '' : `Page:   ${shownPath(reportFile)}\n`),
    };
  });
}
