/** All that the command line prints: nothing reaches a terminal or a log by another way, and nothing unescaped. */
import { OutpaceError } from '../base/errors.ts';
import { escapeJson, escapeLines, escapeTerminal } from '../render/escape.ts';

export interface Printer {
  /** A result for people, on stdout. */
  text(text: string): Promise<void>;
  /** A result for programs, on stdout: one line of JSON. */
  json(value: unknown): Promise<void>;
  /** The same, of JSON that is text already. */
  jsonText(json: string): Promise<void>;
  /** A result that no terminal shows, on stdout. */
  bytes(bytes: Uint8Array): Promise<void>;
  /** What is not the result, on stderr: progress, errors, in which a job may have coloured its own words. */
  say(text: string): void;
  /** One line on stderr. */
  warn(message: string): void;
  /** Workflow commands, made of escaped parts, on stderr: GitHub reads them from both streams, and stdout is the result's. */
  commands(commands: string): void;
}

interface Streams {
  readonly stdout: { write(content: string | Uint8Array): Promise<void> };
  readonly stderr: { write(text: string): unknown };
}

const COLOUR = /\u001b\[[\d;:]*m/g;

export function printerTo({ stdout, stderr }: Streams): Printer {
  const jsonText = (json: string): Promise<void> => stdout.write(escapeJson(json));
  const say = (text: string): void => void stderr.write(escapeLines(text.replace(COLOUR, '')));
  return {
    text: (text) => stdout.write(escapeLines(text)),
    json: (value) => jsonText(`${jsonOf(value)}\n`),
    jsonText,
    bytes: (bytes) => stdout.write(bytes),
    say,
    warn: (message) => say(`Warning: ${escapeTerminal(message)}\n`),
    commands: (commands) => void stderr.write(commands),
  };
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

/** A commander's message names arguments as they were typed: each stays in its line. */
export function escapeArguments(message: string, typed: readonly string[]): string {
  const parts = typed.flatMap((argument) => [argument, argument.slice(argument.indexOf('=') + 1)]);
  return parts
    .filter((part) => /[\n\t]/.test(part))
    .reduce((text, part) => text.replaceAll(part, escapeLines(part).replaceAll(/[\n\t]/g, ' ')), message);
}
