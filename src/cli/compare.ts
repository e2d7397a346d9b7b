import type { Command } from 'commander';
import { addProjectOptions } from './options.ts';
import { comparisonFromHere } from './present.ts';

interface CompareOptions {
  readonly job?: string;
  readonly json: boolean;
}

export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .addHelpText('after', '\nExample:\n  outpace compare old new')
    .description('the efficiency gain between two stored reports')
    .argument('[before]', "a name or a report's .json file")
    .argument('[after]', "a name or a report's .json file");
  addProjectOptions(command).action(
    async (before: string | undefined, after: string | undefined, { job, json }: CompareOptions) => {
      const { compare } = await import('../api/compare.ts');
      const { explanationText } = await import('../render/comparison-text.ts');
      const comparison = await compare({ before, after, job });
      process.stdout.write(
        json ? `${JSON.stringify(comparison)}\n` : explanationText(comparisonFromHere(comparison)),
      );
    },
  );
}
