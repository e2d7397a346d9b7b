/**
 * A value as text that is the same for equal values, in pieces, so that no single string can grow too long.
 * Keys are sorted; `undefined`, `-0`, `NaN`, bigints, dates, maps, sets and bytes keep apart; a cycle is named by its depth.
 *
 * @throws TypeError for functions and symbols, which cannot be compared
 */
export function* canonicalPieces(value: unknown, ancestors: readonly object[] = []): Generator<string> {
  if (typeof value === 'string') yield JSON.stringify(value);
  else if (typeof value === 'number') yield Object.is(value, -0) ? '-0' : String(value);
  else if (typeof value === 'bigint') yield `${value}n`;
  else if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`the output holds a ${typeof value}, which cannot be compared`);
  } else if (typeof value !== 'object' || value === null) yield String(value);
  else if (ancestors.includes(value)) yield `<cycle ${ancestors.indexOf(value)}>`;
  else yield* objectPieces(value, [...ancestors, value]);
}

/**
 * A value as lines `path = part`, in which the first difference of two values is the first line that differs.
 *
 * @throws TypeError for functions and symbols, which cannot be compared
 */
export function* describedLines(value: unknown, path = '$'): Generator<string> {
  const isPlain = Array.isArray(value) || (typeof value === 'object' && value?.constructor === Object);
  if (!isPlain || path.split(/[.[]/).length > DEEPEST_PATH) {
    yield `${path} = ${[...canonicalPieces(value)].join('')}\n`;
    return;
  }
  const entries = Object.entries(value);
  yield `${path} = ${Array.isArray(value) ? `list of ${value.length}` : `object of ${entries.length}`}\n`;
  for (const [key, part] of entries.toSorted(Array.isArray(value) ? () => 0 : byKey)) {
    yield* describedLines(part, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  }
}

/** Beyond this depth, where a cycle may be at work, a part is one line. */
const DEEPEST_PATH = 64;

function* objectPieces(value: object, ancestors: readonly object[]): Generator<string> {
  if (value instanceof Date) yield `Date(${value.getTime()})`;
  else if (value instanceof RegExp) yield `RegExp(${value})`;
  else if (value instanceof Error) yield `Error(${JSON.stringify([value.name, value.message])})`;
  else if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    yield `${value.constructor.name}(${bytes.toString('base64')})`;
  } else if (Array.isArray(value)) yield* listPieces('[', value, ancestors);
  else if (value instanceof Set) yield* listPieces('Set[', [...value], ancestors);
  else if (value instanceof Map) yield* listPieces('Map[', [...value], ancestors);
  else yield* recordPieces(value, ancestors);
}

function* listPieces(
  open: string,
  items: readonly unknown[],
  ancestors: readonly object[],
): Generator<string> {
  yield open;
  for (const item of items) {
    yield* canonicalPieces(item, ancestors);
    yield ',';
  }
  yield ']';
}

function* recordPieces(value: object, ancestors: readonly object[]): Generator<string> {
  yield '{';
  for (const [key, item] of Object.entries(value).toSorted(byKey)) {
    yield `${JSON.stringify(key)}:`;
    yield* canonicalPieces(item, ancestors);
    yield ',';
  }
  yield '}';
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
