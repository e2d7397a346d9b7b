/**
 * What the code around a run needs of Node and of the language, taken before the implementation is imported.
 *
 * Fake timers, a replaced global or a patched prototype then change no figure. Code that runs after the import uses
 * these, and index loops in place of iterators and array methods.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isAnyArrayBuffer, isNativeError } from 'node:util/types';

const { bind, call } = Function.prototype;

/** A method as a function of its object. */
export const uncurried = bind.bind(call) as <This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
) => (self: This, ...args: Args) => Result;

// Importing a name is not enough: `syncBuiltinESMExports` replaces what it stands for.
export const OwnPromise = Promise;
export const namesIn: (folder: string) => string[] = readdirSync;
export const sleepMs = sleep;
export const startTimeout = setTimeout;
export const stopTimeout = clearTimeout;
export const startInterval = setInterval;
export const parseJson = JSON.parse;
export const jsonOf = JSON.stringify;
export const numberOf = Number;
export const largest = Math.max;
export const isFiniteNumber = Number.isFinite;
export const { isArray } = Array;
export const copyOf = structuredClone;
export const keysOf = Object.keys;
// Importing node:util reads all of its exports, one of which opens stderr and makes it non-blocking.
export const { isDeepStrictEqual: isDeeplyEqual } = process.getBuiltinModule('node:util');
export const exitProcess = process.exit.bind(process);
export const activeResources = process.getActiveResourcesInfo.bind(process);

const readFile = readFileSync;
export const isArrayBuffer = isAnyArrayBuffer;
export const isError = isNativeError;

const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;
/** Such as `Uint8Array`, whatever realm or subclass it is of; undefined for what is no typed array. */
export const typedArrayKind: (value: unknown) => string | undefined =
  typedArrayTag === undefined ? () => undefined : uncurried(typedArrayTag);

/** Map's own methods are found on it, not on the prototype that all maps share. Read it with `forEach`. */
export class OwnMap<Key, Value> extends Map<Key, Value> {}
for (const name of ['get', 'set', 'has', 'delete', 'forEach', 'size']) {
  const method = Object.getOwnPropertyDescriptor(Map.prototype, name);
  if (method !== undefined) Object.defineProperty(OwnMap.prototype, name, method);
}

export const indexIn = uncurried(String.prototype.indexOf);
export const lastIndexIn = uncurried(String.prototype.lastIndexOf);
export const sliceOf = uncurried(String.prototype.slice);
export const trimmed = uncurried(String.prototype.trim);
export const startsWith = uncurried(String.prototype.startsWith);

const replaceIn: (pattern: RegExp, text: string, by: string) => string = uncurried(
  RegExp.prototype[Symbol.replace] as (text: string, by: string) => string,
);
const { exec } = RegExp.prototype;
const OwnRegExp = RegExp;

/** A pattern that looks for matches by itself, whatever becomes of the prototype. */
export function ownPattern(source: string, flags: string): RegExp {
  return Object.defineProperty(new OwnRegExp(source, flags), 'exec', { value: exec });
}

export function replaced(text: string, { pattern, by }: { readonly pattern: RegExp; readonly by: string }) {
  return replaceIn(pattern, text, by);
}

/** The parts of a text between single spaces. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let start = 0;
  for (let end = indexIn(text, ' '); end !== -1; end = indexIn(text, ' ', start)) {
    words[words.length] = sliceOf(text, start, end);
    start = end + 1;
  }
  words[words.length] = sliceOf(text, start);
  return words;
}

const urlOf = pathToFileURL;
const hrefOf = uncurried(
  Object.getOwnPropertyDescriptor(URL.prototype, 'href')?.get as (this: URL) => string,
);

export function fileUrlOf(path: string): string {
  return hrefOf(urlOf(path));
}

/** @throws what Node throws for a file that cannot be read */
export function readText(file: string): string {
  return readFile(file, 'utf8');
}

export function eachOf<Item>(items: readonly Item[], visit: (item: Item) => void): void {
  for (let index = 0; index < items.length; index += 1) visit(items[index] as Item);
}

/** What is made of each item, where something is. */
export function collected<Item, Part>(items: readonly Item[], part: (item: Item) => Part | null): Part[] {
  const parts: Part[] = [];
  eachOf(items, (item) => {
    const made = part(item);
    if (made !== null) parts[parts.length] = made;
  });
  return parts;
}

/** Waits for all; none of them is left with a failure that nobody handles. @throws the first failure */
export async function allOf(waits: readonly Promise<unknown>[]): Promise<void> {
  const failures: unknown[] = [];
  const seen = collected(waits, (wait) => noteFailure(wait, failures));
  for (let index = 0; index < seen.length; index += 1) await seen[index];
  if (failures.length > 0) throw failures[0];
}

async function noteFailure(wait: Promise<unknown>, failures: unknown[]): Promise<void> {
  try {
    await wait;
  } catch (error) {
    failures[failures.length] = error;
  }
}
