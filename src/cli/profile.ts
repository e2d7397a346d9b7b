import type { Command } from 'commander';
import { OutpaceError } from '../base/errors.ts';
import { addSharedOptions, type SharedOptions, wholeAboveZero } from './options.ts';
import { shownPath } from './present.ts';
import type { Session } from './session.ts';

interface ProfileOptions extends SharedOptions {
  readonly runs?: number;
  readonly interval?: number;
}

export function addProfile(program: Command, session: Session): void {
  const command = program
    .command('profile')
    .addHelpText('after', '\nExample:\n  outpace profile new --input size=1000')
    .description('time, sample and count one implementation on every thread')
    .argument('[implementation...]', 'the name of an impl-<name> folder, or one from the settings')
    .option('--runs <count>', 'timing runs and sampling runs (default: 3)', wholeAboveZero)
    .option('--interval <µs>', 'between two samples', wholeAboveZero);
  addSharedOptions(command).action(async (names: readonly string[], options: ProfileOptions) => {
    const [name] = names;
    if (name === undefined || names.length > 1)
      throw new OutpaceError('USAGE', 'Usage: outpace profile <implementation>');
    await runProfile(name, options, session);
  });
}

async function runProfile(implementation: string, options: ProfileOptions, session: Session): Promise<void> {
  // Imported late, so that --help and --version do not pay for it.
  const { profile } = session.api('profile');
  const { runAndPrint } = await import('./running.ts');
  const { runs, interval: intervalUs } = options;
  await runAndPrint(options, { session }, async (shared) => {
    const { report, textFile } = await profile({ ...shared, implementation, runs, intervalUs });
    return {
      result: report,
      text: () => `Profiling complete. Output saved to ${shownPath(textFile)}.\n`,
    };
  });
}
