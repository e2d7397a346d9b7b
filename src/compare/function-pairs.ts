import { pairedFiles } from './paired-files.ts';
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
  /** Whether the other side has functions of that name in that file, of which it cannot be told which it is. */
  readonly ambiguous: boolean;
}

/** A function, with its file as both sides call it. */
interface Row {
  readonly row: ReportFunction;
  readonly file: string;
}

interface Left {
  readonly before: readonly Row[];
  readonly after: readonly Row[];
}

type KeyOf = (row: Row) => string | null;

/**
 * Finds the functions of one side on the other: by the very place; then, where each side has exactly one left, by name
 * and file (a moved line), with the body where several have that name, by body and name (another file), and by body alone
 * (another name).
 *
 * Several left of one kind (minified code has many without a name) are not guessed at: they are gone and new.
 */
export function pairFunctions(
  before: readonly ReportFunction[],
  after: readonly ReportFunction[],
): FunctionPair[] {
  const files = pairedFiles(before, after);
  const pairs: FunctionPair[] = [];
  let left: Left = {
    before: before.map((row) => ({ row, file: files.before(row.file) })),
    after: after.map((row) => ({ row, file: files.after(row.file) })),
  };
  for (const keyOf of [placeKey, nameKey, nameAndBodyKey, bodyAndNameKey, bodyKey])
    left = matched(left, keyOf, pairs);
  const names = { before: new Set(left.before.map(nameKey)), after: new Set(left.after.map(nameKey)) };
  for (const one of left.before)
    pairs.push({ before: one.row, after: null, change: 'gone', ambiguous: names.after.has(nameKey(one)) });
  for (const one of left.after)
    pairs.push({ before: null, after: one.row, change: 'new', ambiguous: names.before.has(nameKey(one)) });
  return pairs;
}

/** Takes out what has one of a key on each side. */
function matched({ before, after }: Left, keyOf: KeyOf, pairs: FunctionPair[]): Left {
  const [olds, news] = [Map.groupBy(before, keyOf), Map.groupBy(after, keyOf)];
  const found = new Set<Row>();
  for (const [key, [old, ...others]] of olds) {
    const [now, ...more] = key === null ? [] : (news.get(key) ?? []);
    if (old === undefined || now === undefined || others.length > 0 || more.length > 0) continue;
    pairs.push({ before: old.row, after: now.row, change: changeOf(old, now), ambiguous: false });
    found.add(old).add(now);
  }
  const rest = (rows: readonly Row[]) => rows.filter((row) => !found.has(row));
  return { before: rest(before), after: rest(after) };
}

function changeOf(old: Row, now: Row): FunctionPair['change'] {
  if (old.row.name !== now.row.name) return 'renamed';
  if (old.file !== now.file) return 'moved';
  return old.row.body !== null && now.row.body !== null && old.row.body !== now.row.body ? 'changed' : 'same';
}

function nameKey({ row: { name, engine }, file }: Row): string {
  return JSON.stringify([engine, file, name]);
}

function placeKey(row: Row): string {
  return JSON.stringify([nameKey(row), row.row.line, row.row.column]);
}

function nameAndBodyKey(row: Row): string | null {
  return row.row.body === null ? null : JSON.stringify([nameKey(row), row.row.body]);
}

function bodyAndNameKey({ row: { body, name } }: Row): string | null {
  return body === null ? null : JSON.stringify([body, name]);
}

function bodyKey({ row: { body } }: Row): string | null {
  return body;
}
