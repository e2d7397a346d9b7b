import type { Command } from 'commander';
import { comparisonFromHere } from './present.ts';

export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('the efficiency gain between two stored reports')
    .argument('[before]', "a name or a report's .json file")
    .argument('[after]', "a name or a report's .json file")
    .option('--json', 'print the comparison as JSON, and nothing else, on stdout', false)
    .action(async (before: string | undefined, after: string | undefined, options: { json: boolean }) => {
      const { compare } = await import('../workflow/compare.ts');
      const { absoluteFolders, loadConfig } = await import('../store/config.ts');
      const { comparisonText } = await import('../render/comparison-text.ts');
      const root = process.cwd();
      const config = await loadConfig(root);
      const comparison = await compare({
        root,
        job: config.job,
        reportsDir: absoluteFolders(root, config).reportsDir,
        before: before ?? config.before,
        after: after ?? config.after,
        toleranceRatio: config.tolerance,
      });
      process.stdout.write(
        options.json ? `${JSON.stringify(comparison)}\n` : comparisonText(comparisonFromHere(comparison)),
      );
    });
}
