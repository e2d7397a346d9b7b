import { hodgesLehmannShift } from '../stats/shift.ts';
import type { ReportFunction } from './profile-report.ts';

export interface FunctionDifference {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Of the median sampling runs; `low` and `high` are null where one run a side shows no spread. */
  readonly selfDeltaMs: {
    readonly point: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly confidenceLevel: number;
  };
  readonly totalDeltaMs: number;
  readonly calls: { readonly before: number | null; readonly after: number | null };
}

/** What each function costs more (or less, below 0) after than before, the largest change of self time first. */
export function functionDifferences(
  before: readonly ReportFunction[],
  after: readonly ReportFunction[],
): FunctionDifference[] {
  return pairsOf(before, after)
    .map(difference)
    .sort((a, b) => Math.abs(b.selfDeltaMs.point) - Math.abs(a.selfDeltaMs.point));
}

/** One function on both sides, or on one alone. */
type Pair =
  | { readonly before: ReportFunction; readonly after: ReportFunction | null }
  | { readonly before: null; readonly after: ReportFunction };

/** A side's own folder is no difference: `impl-old/index.ts` and `impl-new/index.ts` are the same place. */
function nameKey({ name, file, engine }: ReportFunction): string {
  return JSON.stringify([engine, file.replace(/^impl-[^/]+\//, 'impl-*/'), name]);
}

function placeKey(row: ReportFunction): string {
  return JSON.stringify([nameKey(row), row.line, row.column]);
}

/**
 * First by the very place; then what is left by name and file, where each side has exactly one: a moved line.
 * Several left of one name (minified code has many without any) are not guessed at: they are gone and new.
 */
function pairsOf(before: readonly ReportFunction[], after: readonly ReportFunction[]): Pair[] {
  const afterAt = new Map(after.map((row) => [placeKey(row), row]));
  const beforeAt = new Set(before.map(placeKey));
  const pairs: Pair[] = [];
  const gone: ReportFunction[] = [];
  for (const row of before) {
    const same = afterAt.get(placeKey(row));
    if (same === undefined) gone.push(row);
    else pairs.push({ before: row, after: same });
  }
  const added = after.filter((row) => !beforeAt.has(placeKey(row)));
  const goneByName = Map.groupBy(gone, nameKey);
  const addedByName = Map.groupBy(added, nameKey);
  for (const key of new Set([...goneByName.keys(), ...addedByName.keys()])) {
    const [olds, news] = [goneByName.get(key) ?? [], addedByName.get(key) ?? []];
    const [old, now] = [olds[0], news[0]];
    if (old !== undefined && now !== undefined && olds.length === 1 && news.length === 1) {
      pairs.push({ before: old, after: now });
    } else {
      pairs.push(...olds.map((row): Pair => ({ before: row, after: null })));
      pairs.push(...news.map((row): Pair => ({ before: null, after: row })));
    }
  }
  return pairs;
}

function difference(pair: Pair): FunctionDifference {
  const { before, after } = pair;
  const { name, file, line } = pair.before === null ? pair.after : (pair.after ?? pair.before);
  const point = (after?.selfMs ?? 0) - (before?.selfMs ?? 0);
  return {
    name,
    file,
    line,
    selfDeltaMs: { point, ...noiseOf(before?.selfRunsMs, after?.selfRunsMs) },
    totalDeltaMs: (after?.totalMs ?? 0) - (before?.totalMs ?? 0),
    calls: { before: before?.calls ?? null, after: after?.calls ?? null },
  };
}

/** A side that does not have the function spends nothing on it, in every run. */
function noiseOf(before: readonly number[] | undefined, after: readonly number[] | undefined) {
  const zeros = (after ?? before ?? []).map(() => 0);
  const { low, high, confidenceLevel } = hodgesLehmannShift({
    before: before ?? zeros,
    after: after ?? zeros,
  });
  return confidenceLevel === 0 ? { low: null, high: null, confidenceLevel } : { low, high, confidenceLevel };
}
