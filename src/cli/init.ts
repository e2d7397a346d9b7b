import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { StarterChoices } from '../store/starter.ts';
import type { Session } from './session.ts';
import { untilInterrupted } from './signals.ts';

interface InitOptions {
  readonly yes: boolean;
}

export function addInit(program: Command, session: Session): void {
  program
    .command('init')
    .description('write a config, two example implementations, .gitignore lines and a CI workflow')
    .option('--yes', "ask nothing: TypeScript, the package's name, with a workflow", false)
    .addHelpText('after', '\nIt never overwrites a file.\n\nExample:\n  outpace init --yes && outpace gain')
    .action(({ yes }: InitOptions) => runInit(yes, session));
}

async function runInit(yes: boolean, session: Session): Promise<void> {
  const { defaultJob } = await import('../store/config.ts');
  const { isInstalled, writeStarter } = await import('../store/starter.ts');
  const root = process.cwd();
  const defaults: StarterChoices = { language: 'ts', job: await defaultJob(root), workflow: true };
  const asks = !yes && session.isInteractive;
  const { written, kept } = await writeStarter(
    root,
    asks ? await untilInterrupted(ask(defaults, session.signal), { async end() {} }) : defaults,
  );
  await session.print.text(
    [
      ...written.map((file) => `wrote  ${file}`),
      ...kept.map((file) => `kept   ${file}, which was there`),
      '',
      ...(isInstalled(root) ? ['Next:'] : ['Next:', '  npm install --save-dev outpace']),
      '  npx outpace gain',
      'and put your own two implementations in the place of the examples.',
      '',
    ].join('\n'),
  );
}

async function ask(defaults: StarterChoices, signal: AbortSignal): Promise<StarterChoices> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // readline takes a Ctrl-C for itself.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const question = async (text: string): Promise<string> => {
    try {
      return (await terminal.question(text, { signal })).trim();
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  };
  try {
    const language = await question('TypeScript or JavaScript? [ts/js, default ts] ');
    let job: string;
    do job = await question(`The job's name: letters, digits, . _ -? [default ${defaults.job}] `);
    while (!/^[\w.-]*$/.test(job));
    const workflow = await question('A GitHub workflow? [Y/n] ');
    return {
      language: /^j/i.test(language) ? 'js' : 'ts',
      job: job === '' ? defaults.job : job,
      workflow: !/^n/i.test(workflow),
    };
  } finally {
    terminal.close();
  }
}
