import type { Protocol } from 'devtools-protocol';
import type { FunctionCount } from '../../profile/model.ts';
import { bodyHash } from './function-body.ts';

/** The name of what outpace itself evaluates in a worker, which is left out of every figure. */
export const INTRODUCTION_URL = 'outpace:introduction';

/** Sends one command of the inspector's protocol to a thread. */
export type Post = (method: string, params?: object) => Promise<unknown>;

export async function startCounting(post: Post): Promise<void> {
  await Promise.all([
    post('Profiler.enable'),
    post('Profiler.startPreciseCoverage', { callCount: true, detailed: false }),
    // For the scripts' sources, which turn offsets into lines.
    startListing(post),
  ]);
}

/** Reports every script of a thread, those that it has loaded already first. */
export async function startListing(post: Post): Promise<void> {
  // A `debugger` statement must not stop the run.
  await Promise.all([post('Debugger.enable'), post('Debugger.setSkipAllPauses', { skip: true })]);
}

/** Sets all counters to zero. */
export async function resetCounts(post: Post): Promise<void> {
  await post('Profiler.takePreciseCoverage');
}

/**
 * What was entered, less what outpace's own doings entered, each so many times.
 *
 * V8 counts the functions of Node that outpace calls as it counts those that the job calls; outpace's own share is known
 * by having done the same alone before.
 */
export function withoutOwnCalls(
  counts: readonly FunctionCount[],
  own: readonly { readonly counts: readonly FunctionCount[]; readonly times: number }[],
): FunctionCount[] {
  const ownCalls = new Map<string, number>();
  for (const { counts: once, times } of own) {
    for (const count of once) {
      const key = placeOf(count);
      ownCalls.set(key, (ownCalls.get(key) ?? 0) + count.calls * times);
    }
  }
  return counts.flatMap((count) => {
    const calls = count.calls - (ownCalls.get(placeOf(count)) ?? 0);
    return calls > 0 ? { ...count, calls } : [];
  });
}

function placeOf({ url, name, line, column }: FunctionCount): string {
  return JSON.stringify([url, name, line, column]);
}

/** The functions that were entered since counting began, or since the counts were last taken. */
export async function takeCounts(post: Post): Promise<FunctionCount[]> {
  const { result } = (await post(
    'Profiler.takePreciseCoverage',
  )) as Protocol.Profiler.TakePreciseCoverageResponse;
  const counted = result.filter(
    (script) => script.url !== INTRODUCTION_URL && script.functions.some((entry) => callsOf(entry) > 0),
  );
  const perScript = await Promise.all(counted.map((script) => countsOfScript(post, script)));
  return perScript.flat();
}

async function countsOfScript(
  post: Post,
  script: Protocol.Profiler.ScriptCoverage,
): Promise<FunctionCount[]> {
  const source = await sourceOf(post, script.scriptId);
  const positionAt = source === null ? () => UNKNOWN_POSITION : lineIndex(source);
  return script.functions.flatMap((entry) => {
    const range = entry.ranges[0];
    if (range === undefined || range.count === 0) return [];
    const start = positionAt(range.startOffset);
    const end = positionAt(range.endOffset);
    return {
      name: entry.functionName,
      url: script.url,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      calls: range.count,
      body:
        source === null
          ? null
          : bodyHash(source.slice(range.startOffset, range.endOffset), entry.functionName),
    };
  });
}

/** Where V8 has dropped the source of a script that ended, its calls still count, at an unknown place (0). */
async function sourceOf(post: Post, scriptId: string): Promise<string | null> {
  try {
    const reply = (await post('Debugger.getScriptSource', {
      scriptId,
    })) as Protocol.Debugger.GetScriptSourceResponse;
    return reply.scriptSource;
  } catch {
    return null;
  }
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const UNKNOWN_POSITION: Position = { line: 0, column: 0 };

function callsOf(entry: Protocol.Profiler.FunctionCoverage): number {
  return entry.ranges[0]?.count ?? 0;
}

/** Turns an offset in UTF-16 units into a 1-based line and column. */
function lineIndex(source: string): (offset: number) => Position {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
