import type { Command } from 'commander';

interface GainOptions {
  readonly quick: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Four timing runs a side: the fewest whose interval passes 95 %. */
const TIMING_RUNS = 4;
const QUICK_INPUT = ['users=10000'];

export function addGain(program: Command, signal: AbortSignal): void {
  program
    .command('gain')
    .description('the main job: profile both implementations and compare them')
    .argument('[before]')
    .argument('[after]')
    .option(
      '--input <key=value>',
      'override one value of the input',
      (value, all: string[]) => [...all, value],
      [],
    )
    .option('--quick', 'one sampling run a side; 10,000 users where the job has users', false)
    .option('--quiet', 'no progress', false)
    .option('--json', 'print the comparison as JSON, and nothing else, on stdout', false)
    .action(
      async (
        before: string | undefined,
        after: string | undefined,
        options: GainOptions & { input: string[] },
      ) => {
        const { profile } = await import('../workflow/profile.ts');
        const { compare } = await import('../workflow/compare.ts');
        const { absoluteFolders, loadConfig, overrideInput } = await import('../store/config.ts');
        const { resolveImplementation } = await import('../store/implementations.ts');
        const { comparisonText } = await import('../render/comparison-text.ts');
        const root = process.cwd();
        const config = await loadConfig(root);
        const names = { before: before ?? config.before, after: after ?? config.after };
        const sides = [
          await resolveImplementation(root, names.before),
          await resolveImplementation(root, names.after),
        ];
        const quickInput = options.quick && 'users' in config.input ? QUICK_INPUT : [];
        for (const implementation of sides) {
          await profile({
            root,
            job: config.job,
            implementation,
            input: overrideInput(config.input, [...quickInput, ...options.input]),
            timingRuns: TIMING_RUNS,
            samplingRuns: options.quick ? 1 : 3,
            intervalUs: config.interval,
            timeoutMs: config.timeout,
            ...absoluteFolders(root, config),
            nodePath: process.execPath,
            signal,
            onProgress: (message) => {
              if (!options.quiet) process.stderr.write(`${message}\n`);
            },
          });
        }
        const comparison = await compare({
          root,
          job: config.job,
          ...absoluteFolders(root, config),
          ...names,
          toleranceRatio: config.tolerance,
        });
        process.stdout.write(options.json ? `${JSON.stringify(comparison)}\n` : comparisonText(comparison));
      },
    );
}
