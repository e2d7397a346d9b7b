import { isError as isNativeError } from './captured.ts';

const OWN_FOLDER = new URL('.', import.meta.url).href;
const LONGEST_CHARS = 20_000;
const LONGEST_LINE_CHARS = 300;

/** Anything that can be thrown, for the person who reads it: an error's stack, or one line that names the value. */
export function describeThrown(thrown: unknown): string {
  return tried(() => described(thrown)) ?? plainStack(thrown) ?? 'threw something that cannot be described';
}

/** Without any method of a text: the implementation may have replaced them. */
function plainStack(thrown: unknown): string | null {
  return tried(() => (isNativeError(thrown) ? textOf(thrown.stack) : null));
}

function described(thrown: unknown): string {
  const stack = tried(() => (isError(thrown) ? textOf(thrown.stack) : null));
  if (stack !== null) return withoutOwnFrames(stack.slice(0, LONGEST_CHARS));
  const headline = tried(() => (isError(thrown) ? headlineOf(thrown) : null));
  return oneLine(headline ?? `threw ${shown(thrown)}, which is not an Error`);
}

function withoutOwnFrames(stack: string): string {
  const isOwn = (line: string): boolean => /^ +at /.test(line) && line.includes(OWN_FOLDER);
  return stack
    .split('\n')
    .filter((line) => !isOwn(line))
    .join('\n');
}

function isError(thrown: unknown): thrown is Error {
  return isNativeError(thrown) || thrown instanceof Error;
}

function headlineOf({ name, message }: Error): string {
  return `${textOf(name) ?? 'Error'}: ${textOf(message) ?? 'without a message'}`;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function shown(thrown: unknown): string {
  if (typeof thrown === 'string') return JSON.stringify(thrown);
  // Neither getters nor a proxy's traps nor the value's own ways to show itself are called. Not imported above: loading
  // node:util makes stderr non-blocking (its exports are read, and one of them opens the stream).
  const text = tried(() =>
    process.getBuiltinModule('node:util').inspect(thrown, { customInspect: false, getters: false, depth: 1 }),
  );
  return text ?? `a value of type ${typeof thrown} that cannot be shown`;
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > LONGEST_LINE_CHARS ? `${line.slice(0, LONGEST_LINE_CHARS)}…` : line;
}

/** An implementation's values may throw wherever they are touched. */
function tried<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
