/** The composition root: argv → workflow → streams → exit code. */
import { Command, CommanderError, Option } from 'commander';
import { EXIT_CODES, OutpaceError } from '../base/errors.ts';
import { escapeTerminal } from '../render/escape.ts';
import { addCommands } from './commands.ts';

const VERSION = '0.1.0';
const interruption = new AbortController();
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    signals += 1;
    // Asked twice, whoever asks wants out; the children's watchdogs end them.
    if (signals > 1) process.exit(EXIT_CODES.INTERRUPTED);
    interruption.abort(new OutpaceError('INTERRUPTED', 'interrupted; what was complete is kept'));
  });
}

const program = new Command('outpace')
  .description('Is the rewrite really faster, by how much, why, and will it stay so?')
  .version(VERSION)
  .addOption(new Option('--debug', 'print the stack of any error'))
  .exitOverride();
addCommands(program, interruption.signal);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.USAGE;
  if (!(error instanceof OutpaceError)) throw error;
  const lines = error.message.split('\n').map(escapeTerminal);
  process.stderr.write(`${lines.join('\n')}\n`);
  return EXIT_CODES[error.code];
}
