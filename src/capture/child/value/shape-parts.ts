import * as types from 'node:util/types';
import { symbolName } from './atom-text.ts';
import type { Content } from './byte-content.ts';

// Not imported: an import reads all that node:util exports, and one of its exports makes stderr non-blocking.
const { inspect } = process.getBuiltinModule('node:util');
// The job may replace them.
const { keys: keysOf, getOwnPropertySymbols } = Object;
const isEnumerable = Object.prototype.propertyIsEnumerable;
const { get } = Reflect;
const { stringify } = JSON;

/** An object taken apart: what it is, and the values that it holds. */
export interface Shape {
  /** Its class, and what else is no part of its own, such as the pattern of a RegExp. */
  readonly head: string;
  /** Elements of a list or members of a set; of a map, keys and values in turn. */
  readonly items: readonly unknown[];
  readonly order: 'list' | 'set' | 'map';
  /** Of its properties, as they stand in a path; sorted. */
  readonly labels: readonly string[];
  /** In the order of `labels`. */
  readonly values: readonly unknown[];
  readonly content: Content | null;
  /** Its content has yet to be read. */
  readonly unread: Blob | null;
}

export const NO_PARTS = {
  ...{ items: [], order: 'list', labels: [], values: [], content: null, unread: null },
} as const satisfies Omit<Shape, 'head'>;

/** The enumerable properties of its own, sorted by what they are called in a path. */
export function ownParts(
  value: object,
  keys: readonly string[] = keysOf(value),
): Pick<Shape, 'labels' | 'values'> {
  const symbols = getOwnPropertySymbols(value);
  if (symbols.length === 0) {
    const labels = keys.map(labelOf);
    if (isAscending(labels)) return { labels, values: keys.map((key) => get(value, key)) };
  }
  const parts = [
    ...keys.map((key) => ({ label: labelOf(key), value: get(value, key) })),
    ...symbols
      .filter((symbol) => isEnumerable.call(value, symbol))
      .map((symbol) => ({ label: symbolLabel(symbol), value: get(value, symbol) })),
  ].sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  return { labels: parts.map(({ label }) => label), values: parts.map((part) => part.value) };
}

/** Beyond this length the names of all elements would take longer than the elements. */
const LONG_LIST = 1000;

/** The names of an array's or a typed array's properties that are no elements. */
export function otherKeys(value: readonly unknown[] | NodeJS.TypedArray): string[] {
  const { length } = value;
  if (length > LONG_LIST && !types.isProxy(value)) {
    const text = inspect(value, { maxArrayLength: 0, depth: 0, breakLength: Number.POSITIVE_INFINITY });
    if (/ more items \]$/.test(text)) return [];
  }
  return keysOf(value).slice(length);
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const MOST_LABELS = 10_000;
const labels = new Map<string, string>();

function labelOf(key: string): string {
  const known = labels.get(key);
  if (known !== undefined) return known;
  const label = IDENTIFIER.test(key) ? `.${key}` : `[${/^(0|[1-9]\d*)$/.test(key) ? key : stringify(key)}]`;
  if (labels.size < MOST_LABELS) labels.set(key, label);
  return label;
}

/** A symbol of the job's own is another one in every process: its description is what the two have in common. */
function symbolLabel(symbol: symbol): string {
  return `[${symbolName(symbol) ?? `Symbol(${stringify(symbol.description ?? '')})`}]`;
}

function isAscending(texts: readonly string[]): boolean {
  for (let index = 1; index < texts.length; index += 1)
    if ((texts[index - 1] ?? '') > (texts[index] ?? '')) return false;
  return true;
}
