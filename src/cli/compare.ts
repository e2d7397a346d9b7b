import { type Command, Option } from 'commander';
import { addJobOption } from './options.ts';
import { comparisonFromHere } from './present.ts';

interface CompareOptions {
  readonly job?: string;
  readonly json: boolean;
  readonly format: 'text' | 'json' | 'markdown' | 'folded';
}

export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description('the efficiency gain between two stored reports, and what it is made of')
    .argument('[before]', "a name, a report's .json file, or anybody's .cpuprofile")
    .argument('[after]', 'the same')
    .addOption(
      new Option('--format <format>', 'folded: stacks with their µs before and after')
        .choices(['text', 'json', 'markdown', 'folded'])
        .default('text'),
    )
    .option('--json', 'as --format json', false)
    .addHelpText('after', '\nExample:\n  outpace compare old new --format markdown');
  addJobOption(command).action(
    (before: string | undefined, after: string | undefined, options: CompareOptions) =>
      runCompare({ before, after }, options),
  );
}

async function runCompare(
  sides: { readonly before: string | undefined; readonly after: string | undefined },
  { job, json, format }: CompareOptions,
): Promise<void> {
  if (format === 'folded' && !json) {
    const { exportFoldedDifference } = await import('../api/export.ts');
    process.stdout.write(await exportFoldedDifference({ ...sides, job }));
    return;
  }
  const { compare } = await import('../api/compare.ts');
  const comparison = await compare({ ...sides, job });
  if (json || format === 'json') process.stdout.write(`${JSON.stringify(comparison)}\n`);
  else if (format === 'markdown') {
    const { comparisonMarkdown } = await import('../render/export/markdown.ts');
    process.stdout.write(comparisonMarkdown(comparison));
  } else {
    const { explanationText } = await import('../render/comparison-text.ts');
    process.stdout.write(explanationText(comparisonFromHere(comparison)));
  }
}
