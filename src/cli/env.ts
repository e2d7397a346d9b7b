import type { Command } from 'commander';
import { inThread } from './in-thread.ts';
import { addProjectOptions } from './options.ts';

interface EnvOptions {
  readonly job?: string;
  readonly json: boolean;
}

export function addEnv(program: Command): void {
  const command = program
    .command('env')
    .description('what a bug report needs: versions, machine, settings, implementations')
    .addHelpText('after', '\nExample:\n  outpace env');
  addProjectOptions(command).action(async ({ job, json }: EnvOptions) => {
    const { describeEnvironment } = inThread('environment');
    const { environmentText } = await import('../render/environment-text.ts');
    const described = await describeEnvironment({ job, outpace: program.version() ?? '' });
    process.stdout.write(json ? `${JSON.stringify(described)}\n` : environmentText(described));
  });
}
