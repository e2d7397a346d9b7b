/** The composition root: argv → workflow → streams → exit code. */
import { createRequire } from 'node:module';
import { Command, CommanderError, type Option } from 'commander';
import { EXIT_CODES, isErrorCode, OutpaceError } from '../base/errors.ts';
import { escapeTerminal } from '../render/escape.ts';
import { addCommands } from './commands.ts';

/** npm passes on a Ctrl-C that the terminal has sent to the whole group already: so close a second one is no second wish. */
const SECOND_SIGNAL_AFTER_MS = 1000;

const interruption = new AbortController();
let impatient = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Whoever asks again wants out; the guard process ends what is left.
    if (impatient) process.exit(EXIT_CODES.INTERRUPTED);
    setTimeout(() => {
      impatient = interruption.signal.aborted;
    }, SECOND_SIGNAL_AFTER_MS).unref();
    interruption.abort(new OutpaceError('INTERRUPTED', 'interrupted; what was complete is kept'));
  });
}
// Whoever reads our output may stop early, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (!isErrorCode(error, 'EPIPE')) throw error;
  });
}

const program = new Command('outpace')
  .description('Is the rewrite really faster, by how much, why, and will it stay so?')
  .version(createRequire(import.meta.url)('../../package.json').version)
  .option('--debug', 'print the stack of any error')
  // A default of nothing need not be told.
  .configureHelp({ optionDescription: (option) => option.description + defaultText(option) })
  .exitOverride();
addCommands(program, interruption.signal);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function defaultText({ defaultValue, defaultValueDescription, argChoices }: Option): string {
  const told = [
    ...(argChoices === undefined ? [] : [`choices: ${argChoices.join(', ')}`]),
    ...(['string', 'number'].includes(typeof defaultValue)
      ? [`default: ${defaultValueDescription ?? defaultValue}`]
      : []),
  ];
  return told.length === 0 ? '' : ` (${told.join('; ')})`;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.USAGE;
  // Anything else is a bug of outpace, whose stack is worth having.
  if (!(error instanceof OutpaceError)) throw error;
  const text = program.opts().debug === true ? stackOf(error) : error.message;
  process.stderr.write(`${text.split('\n').map(escapeTerminal).join('\n')}\n`);
  return EXIT_CODES[error.code];
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
