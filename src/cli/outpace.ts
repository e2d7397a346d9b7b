import { createRequire } from 'node:module';
import { Command, CommanderError, type Option } from 'commander';
import { BUG_EXIT_CODE, EXIT_CODES, OutpaceError } from '../base/errors.ts';
import { addCommands } from './commands.ts';
import { escapeArguments } from './print.ts';
import { type CommandWorld, openSession, type Session } from './session.ts';

/**
 * One command line: argv → workflow → streams.
 *
 * @param args without Node and the program
 * @returns the exit code
 */
export async function outpace(args: readonly string[], world: CommandWorld): Promise<number> {
  const { session, exitCode } = openSession(world);
  const program = programFor(session, args);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode();
  } catch (error) {
    return failed(error, { session, hasStack: program.opts().debug === true });
  }
}

function programFor(session: Session, args: readonly string[]): Command {
  const { print } = session;
  const program = new Command('outpace')
    .description('Is the rewrite really faster, by how much, why, and will it stay so?')
    .version(createRequire(import.meta.url)('../../package.json').version)
    .option('--debug', 'print the stack of any error')
    // A default of nothing need not be told.
    .configureHelp({ optionDescription: (option) => option.description + defaultText(option) })
    .configureOutput({
      writeOut: (text) => void print.text(text),
      writeErr: print.say,
      outputError: (message, write) => write(escapeArguments(message, args)),
    })
    .exitOverride();
  addCommands(program, session);
  return program;
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

function failed(
  error: unknown,
  { session, hasStack }: { readonly session: Session; readonly hasStack: boolean },
): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.USAGE;
  // Anything else is a bug of outpace, whose stack is worth having.
  const isBug = !(error instanceof OutpaceError);
  session.print.say(`${isBug || hasStack ? stackOf(error) : error.message}\n`);
  return isBug ? BUG_EXIT_CODE : EXIT_CODES[error.code];
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
