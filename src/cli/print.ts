/** All that the command line prints: nothing reaches a terminal or a log by another way, and nothing unescaped. */
import { OutpaceError } from '../base/errors.ts';
import { escapeJson, escapeLines } from '../render/escape.ts';
import { writeToStdout } from '../store/standard-output.ts';

/** A result for people, on stdout. */
export function printText(text: string): Promise<void> {
  return writeToStdout(escapeLines(text));
}

/** A result for programs, on stdout: one line of JSON. */
export function printJson(value: unknown): Promise<void> {
  return printJsonText(`${jsonOf(value)}\n`);
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const found = `the result is too large for JSON in one line (${error.message})`;
    throw new OutpaceError('STORE_FAILED', found, { cause: error });
  }
}

export function printJsonText(json: string): Promise<void> {
  return writeToStdout(escapeJson(json));
}

/** A result that no terminal shows, on stdout. */
export function printBytes(bytes: Uint8Array): Promise<void> {
  return writeToStdout(bytes);
}

const COLOUR = /\u001b\[[\d;:]*m/g;

/** What is not the result, on stderr: progress, warnings, errors, in which a job may have coloured its own words. */
export function say(text: string): void {
  process.stderr.write(escapeLines(text.replace(COLOUR, '')));
}

/** Workflow commands, made of escaped parts, on stderr: GitHub reads them from both streams, and stdout is the result's. */
export function sayCommands(commands: string): void {
  process.stderr.write(commands);
}

/** A commander's message names arguments as they were typed: each stays in its line. */
export function escapeArguments(message: string, typed: readonly string[]): string {
  const parts = typed.flatMap((argument) => [argument, argument.slice(argument.indexOf('=') + 1)]);
  return parts
    .filter((part) => /[\n\t]/.test(part))
    .reduce((text, part) => text.replaceAll(part, escapeLines(part).replaceAll(/[\n\t]/g, ' ')), message);
}
