import { type Command, Option } from 'commander';
import { OutpaceError } from '../base/errors.ts';
import type { Basis } from '../compare/recording-basis.ts';
import { addJobOption } from './options.ts';
import { comparisonFromHere } from './present.ts';
import type { Session } from './session.ts';

interface CompareOptions {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly by?: Basis;
  readonly job?: string;
  readonly json: boolean;
  readonly allowDifferentOutput: boolean;
  readonly format: 'text' | 'json' | 'markdown' | 'folded';
}

export function addCompare(program: Command, session: Session): void {
  const command = program
    .command('compare')
    .description('the efficiency gain between two stored reports or recordings, and what it is made of')
    .argument('[before]', "a name, a report's .json file, or anybody's profile")
    .argument('[after]', 'the same')
    .option('--before <file...>', 'several recordings of the one side, files or globs')
    .option('--after <file...>', 'several of the other')
    .addOption(
      new Option(
        '--by <what>',
        'compare times, or shares of the busy time; without it, what fits the recordings',
      ).choices(['time', 'share']),
    )
    .addOption(
      new Option('--format <format>', 'folded: stacks with their µs before and after')
        .choices(['text', 'json', 'markdown', 'folded'])
        .default('text'),
    )
    .option('--allow-different-output', 'give a verdict although the outputs differ', false)
    .option('--json', 'as --format json', false)
    .addHelpText(
      'after',
      "\nExamples:\n  outpace compare old new --format markdown\n  outpace compare --before 'runs/a/*.cpuprofile' --after 'runs/b/*.cpuprofile'",
    );
  addJobOption(command).action(
    (before: string | undefined, after: string | undefined, options: CompareOptions) =>
      runCompare({ before, after }, options, session),
  );
}

interface NamedSides {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

async function runCompare(named: NamedSides, options: CompareOptions, session: Session): Promise<void> {
  const { job, json, format, by, allowDifferentOutput } = options;
  const listed = listedSides(named, options);
  if (format === 'folded' && !json) {
    if (listed !== null)
      throw new OutpaceError(
        'USAGE',
        '--format folded is of one recording a side: outpace compare <before> <after>',
      );
    const { exportFoldedDifference } = await import('../api/export.ts');
    const onWarning = session.print.warn;
    await session.print.text(
      await exportFoldedDifference({ ...named, job, allowDifferentOutput, onWarning }),
    );
    return;
  }
  const { compare } = await import('../api/compare.ts');
  const comparison = await compare({ ...(listed ?? named), by, job, allowDifferentOutput });
  if (json || format === 'json') {
    const { namedInUnit } = await import('../compare/named-in-unit.ts');
    await session.print.json(namedInUnit(comparison, comparison.measure));
  } else if (format === 'markdown') {
    const { comparisonMarkdown } = await import('../render/export/markdown.ts');
    await session.print.text(comparisonMarkdown(comparison));
  } else {
    const { explanationText } = await import('../render/comparison-text.ts');
    await session.print.text(explanationText(comparisonFromHere(comparison)));
  }
}

/** Two lists of recordings, where they are what is compared. */
function listedSides(named: NamedSides, { before, after }: CompareOptions) {
  if (before === undefined && after === undefined) return null;
  if (before === undefined || after === undefined)
    throw new OutpaceError('USAGE', '--before and --after go together: name the recordings of both sides');
  if (named.before !== undefined)
    throw new OutpaceError('USAGE', `${named.before} is named besides --before and --after: use either`);
  return { before, after };
}
