import { type FunctionTotal, frameKey } from './function-totals.ts';
import type { Frame, FunctionCount, FunctionRow } from './model.ts';

/** Sums each function's times over threads. */
export function mergeThreads(threads: readonly (readonly FunctionTotal[])[]): FunctionTotal[] {
  const merged = new Map<string, FunctionTotal>();
  for (const total of threads.flat()) mergeInto(merged, total);
  return [...merged.values()];
}

/**
 * Sums each function's calls over threads.
 *
 * Where V8 had dropped a script's source in one thread, its functions have no place (line 0): their calls go to the one
 * function of that name that the script is known to have, if there is just one.
 */
export function mergeCounts(threads: readonly (readonly FunctionCount[])[]): FunctionCount[] {
  const merged = new Map<string, FunctionCount>();
  const counts = threads.flat();
  const placed = Map.groupBy(
    counts.filter(({ line }) => line > 0),
    nameInScript,
  );
  for (const found of counts) {
    const count = found.line > 0 ? found : atItsPlace(found, placed.get(nameInScript(found)) ?? []);
    const key = frameKey(count);
    merged.set(key, { ...count, calls: count.calls + (merged.get(key)?.calls ?? 0) });
  }
  return [...merged.values()];
}

function atItsPlace(count: FunctionCount, sameName: readonly FunctionCount[]): FunctionCount {
  const [place] = sameName;
  if (place === undefined || new Set(sameName.map(frameKey)).size > 1) return count;
  return { ...place, calls: count.calls };
}

function nameInScript({ url, name }: FunctionCount): string {
  return `${url}\n${name}`;
}

/**
 * Rows of the summary, by total time: each sampled function with its exact calls, and those counted but never sampled.
 *
 * V8's two reports of where a function starts differ by a few columns, so a sampled function belongs to the innermost
 * counted range of its name around it. The counted place is the one that is kept, being the same in every run.
 */
export function functionRows(
  totals: readonly FunctionTotal[],
  counts: readonly FunctionCount[],
): FunctionRow[] {
  const countsOf = Map.groupBy(counts, nameInScript);
  const merged = new Map<string, FunctionTotal>();
  const countAt = new Map<string, FunctionCount>();
  for (const count of counts) {
    const frame = frameOf(count);
    countAt.set(frameKey(frame), count);
    mergeInto(merged, { frame, engine: false, recursive: false, selfUs: 0, totalUs: 0 });
  }
  for (const total of totals) {
    const { url, name } = total.frame;
    const count = url === '' ? undefined : innermost(countsOf.get(`${url}\n${name}`) ?? [], total.frame);
    mergeInto(merged, count === undefined ? total : { ...total, frame: frameOf(count) });
  }
  return [...merged.entries()]
    .map(([key, total]) => ({
      ...total,
      calls: countAt.get(key)?.calls ?? null,
      body: countAt.get(key)?.body ?? null,
    }))
    .sort((a, b) => b.totalUs - a.totalUs || b.selfUs - a.selfUs || (b.calls ?? 0) - (a.calls ?? 0));
}

function mergeInto(merged: Map<string, FunctionTotal>, total: FunctionTotal): void {
  const key = frameKey(total.frame);
  const before = merged.get(key);
  merged.set(key, {
    ...total,
    recursive: total.recursive || (before?.recursive ?? false),
    selfUs: total.selfUs + (before?.selfUs ?? 0),
    totalUs: total.totalUs + (before?.totalUs ?? 0),
  });
}

function frameOf({ name, url, line, column }: FunctionCount): Frame {
  return { name, url, line, column };
}

function innermost(counts: readonly FunctionCount[], place: Frame): FunctionCount | undefined {
  return counts
    .filter((count) => comesBefore(count.line, count.column, place.line, place.column))
    .filter((count) => comesBefore(place.line, place.column, count.endLine, count.endColumn))
    .toSorted((a, b) => b.line - a.line || b.column - a.column)[0];
}

function comesBefore(line: number, column: number, otherLine: number, otherColumn: number): boolean {
  return line < otherLine || (line === otherLine && column <= otherColumn);
}
