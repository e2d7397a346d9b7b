import type { ReportFunction } from './profile-report.ts';

/** One function on both sides, or on one alone. */
export interface FunctionPair {
  readonly before: ReportFunction | null;
  readonly after: ReportFunction | null;
  /**
   * `same`: name and file, though perhaps on another line; `changed`: the same with another body; `renamed` and
   * `moved`: the same body under another name, or in another file.
   */
  readonly change: 'same' | 'changed' | 'renamed' | 'moved' | 'new' | 'gone';
}

/**
 * Finds the functions of one side on the other: by the very place; then, where each side has exactly one left, by name
 * and file (a moved line), by body and name (another file), and by body alone (another name).
 *
 * Several left of one kind (minified code has many without a name) are not guessed at: they are gone and new.
 */
export function pairFunctions(
  before: readonly ReportFunction[],
  after: readonly ReportFunction[],
): FunctionPair[] {
  const pairs: FunctionPair[] = [];
  let left: Left = { before, after };
  for (const keyOf of [placeKey, nameKey, bodyAndNameKey, bodyKey]) left = matched(left, keyOf, pairs);
  const gone = left.before.map((row): FunctionPair => ({ before: row, after: null, change: 'gone' }));
  const added = left.after.map((row): FunctionPair => ({ before: null, after: row, change: 'new' }));
  return [...pairs, ...gone, ...added];
}

interface Left {
  readonly before: readonly ReportFunction[];
  readonly after: readonly ReportFunction[];
}

type KeyOf = (row: ReportFunction) => string | null;

/** Takes out what has one of a key on each side. */
function matched({ before, after }: Left, keyOf: KeyOf, pairs: FunctionPair[]): Left {
  const [olds, news] = [Map.groupBy(before, keyOf), Map.groupBy(after, keyOf)];
  const found = new Set<ReportFunction>();
  for (const [key, [old, ...others]] of olds) {
    const [now, ...more] = key === null ? [] : (news.get(key) ?? []);
    if (old === undefined || now === undefined || others.length > 0 || more.length > 0) continue;
    pairs.push({ before: old, after: now, change: changeOf(old, now) });
    found.add(old).add(now);
  }
  const rest = (rows: readonly ReportFunction[]) => rows.filter((row) => !found.has(row));
  return { before: rest(before), after: rest(after) };
}

function changeOf(old: ReportFunction, now: ReportFunction): FunctionPair['change'] {
  if (old.name !== now.name) return 'renamed';
  if (placeless(old.file) !== placeless(now.file)) return 'moved';
  return old.body !== null && now.body !== null && old.body !== now.body ? 'changed' : 'same';
}

/** A side's own folder is no difference: `impl-old/index.ts` and `impl-new/index.ts` are the same place. */
function placeless(file: string): string {
  return file.replace(/^impl-[^/]+\//, 'impl-*/');
}

function nameKey({ name, file, engine }: ReportFunction): string {
  return JSON.stringify([engine, placeless(file), name]);
}

function placeKey(row: ReportFunction): string {
  return JSON.stringify([nameKey(row), row.line, row.column]);
}

function bodyKey({ body }: ReportFunction): string | null {
  return body;
}

function bodyAndNameKey({ body, name }: ReportFunction): string | null {
  return body === null ? null : JSON.stringify([body, name]);
}
