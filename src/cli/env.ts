import type { Command } from 'commander';
import { addProjectOptions } from './options.ts';
import type { Session } from './session.ts';

interface EnvOptions {
  readonly job?: string;
  readonly json: boolean;
}

export function addEnv(program: Command, session: Session): void {
  const command = program
    .command('env')
    .description('what a bug report needs: versions, machine, settings, implementations')
    .addHelpText('after', '\nExample:\n  outpace env');
  addProjectOptions(command).action(async ({ job, json }: EnvOptions) => {
    const { describeEnvironment } = await import('../api/environment.ts');
    const { environmentText } = await import('../render/environment-text.ts');
    const described = await describeEnvironment({ job, outpace: program.version() ?? '' });
    await (json ? session.print.json(described) : session.print.text(environmentText(described)));
  });
}
