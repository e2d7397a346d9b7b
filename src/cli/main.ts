/** The composition root: argv → workflow → streams → exit code. */
import { createRequire } from 'node:module';
import { Command, CommanderError, type Option } from 'commander';
import { BUG_EXIT_CODE, EXIT_CODES, OutpaceError } from '../base/errors.ts';
import { addCommands } from './commands.ts';
import { escapeArguments, printText, say } from './print.ts';
import { interrupted } from './signals.ts';

// Whoever reads our output may stop early, as `head` does. What else goes wrong with the result, its writer reports; where
// errors cannot be written, nobody can be told.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const program = new Command('outpace')
  .description('Is the rewrite really faster, by how much, why, and will it stay so?')
  .version(createRequire(import.meta.url)('../../package.json').version)
  .option('--debug', 'print the stack of any error')
  // A default of nothing need not be told.
  .configureHelp({ optionDescription: (option) => option.description + defaultText(option) })
  .configureOutput({
    writeOut: (text) => void printText(text),
    writeErr: say,
    outputError: (message, write) => write(escapeArguments(message, process.argv)),
  })
  .exitOverride();
addCommands(program, interrupted);

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
  const isBug = !(error instanceof OutpaceError);
  say(`${isBug || program.opts().debug === true ? stackOf(error) : error.message}\n`);
  return isBug ? BUG_EXIT_CODE : EXIT_CODES[error.code];
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
