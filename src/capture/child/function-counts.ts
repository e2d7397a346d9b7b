import type { Protocol } from 'devtools-protocol';
import type { FunctionCount } from '../../profile/model.ts';
import { allOf, collected, eachOf, indexIn, OwnMap, sliceOf } from './captured.ts';
import { bodyHash } from './function-body.ts';

/** The name of what outpace itself evaluates in a thread, which is left out of every figure. */
export const INTRODUCTION_URL = 'outpace:introduction';

/** Sends one command of the inspector's protocol to a thread. */
export type Post = (method: string, params?: object) => Promise<unknown>;

/** V8 keeps one set of counters a thread: whoever else takes or stops its coverage resets them for all. */
export class CountsResetError extends Error {}

const WITNESS_CALLS = 3;
/** A function called so often that its counter tells at the end whether the counters were reset in between. */
const WITNESS = `(() => {
  function witness() {}
  for (let call = 0; call < ${WITNESS_CALLS}; call += 1) witness();
})()
//# sourceURL=${INTRODUCTION_URL}`;

/** Starts anew where somebody else has stopped it. */
export async function startCounting(post: Post): Promise<void> {
  await allOf([
    post('Profiler.enable'),
    post('Profiler.startPreciseCoverage', { callCount: true, detailed: false }),
  ]);
}

/** Keeps every script that runs from now on, so that it can be listed; counts nothing. */
export async function startListing(post: Post): Promise<void> {
  await allOf([
    post('Profiler.enable'),
    post('Profiler.startPreciseCoverage', { callCount: false, detailed: false }),
  ]);
}

/** Makes a thread report all its scripts: each is a `Debugger.scriptParsed`, those that it has loaded already first. */
async function reportScripts(post: Post): Promise<void> {
  await allOf([post('Debugger.enable'), post('Debugger.setSkipAllPauses', { skip: true })]);
}

/**
 * Reports the scripts that a thread has loaded, and nothing that it loads from here on: while the debugger is enabled,
 * V8 pauses a thread that reaches its heap limit, for good, where Node would end the worker.
 */
export async function listScripts(post: Post): Promise<void> {
  await reportScripts(post);
  await post('Debugger.disable');
}

/** Sets all counters to zero. */
export async function resetCounts(post: Post): Promise<void> {
  // At once: a worker that runs its first line in between would be counted from there on.
  await allOf([
    post('Profiler.takePreciseCoverage'),
    post('Runtime.evaluate', { expression: WITNESS, returnByValue: true }),
  ]);
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
  const ownCalls = new OwnMap<string, number>();
  eachOf(own, ({ counts: once, times }) => {
    eachOf(once, (count) => {
      const key = placeOf(count);
      ownCalls.set(key, (ownCalls.get(key) ?? 0) + count.calls * times);
    });
  });
  return collected(counts, (count) => {
    const calls = count.calls - (ownCalls.get(placeOf(count)) ?? 0);
    return calls > 0 ? { ...count, calls } : null;
  });
}

function placeOf({ url, name, line, column }: FunctionCount): string {
  return `${url}\n${name}\n${line}:${column}`;
}

/**
 * The functions that were entered since counting began, or since the counts were last taken.
 *
 * @throws CountsResetError where the job has reset the counters meanwhile
 */
export async function takeCounts(post: Post): Promise<FunctionCount[]> {
  const { result } = (await post(
    'Profiler.takePreciseCoverage',
  )) as Protocol.Profiler.TakePreciseCoverageResponse;
  if (!hasWitness(result)) {
    throw new CountsResetError(
      'V8’s call counters were reset while it ran, as they are by coverage that the job takes itself (node:inspector, v8.takeCoverage)',
    );
  }
  const scripts = collected(result, (script) => {
    const functions = collected(script.functions, (entry) => (callsOf(entry) > 0 ? entry : null));
    return script.url === INTRODUCTION_URL || functions.length === 0 ? null : { ...script, functions };
  });
  const sources = await sourcesOf(post, scripts);
  const counts: FunctionCount[] = [];
  eachOf(scripts, (script) => {
    const source = sources.get(script.scriptId) ?? null;
    const positionAt = source === null ? () => UNKNOWN_POSITION : lineIndex(source);
    eachOf(script.functions, (entry) => {
      const range = entry.ranges[0];
      if (range === undefined) return;
      const start = positionAt(range.startOffset);
      const end = positionAt(range.endOffset);
      counts[counts.length] = {
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
            : bodyHash(sliceOf(source, range.startOffset, range.endOffset), entry.functionName),
      };
    });
  });
  return counts;
}

function hasWitness(scripts: readonly Protocol.Profiler.ScriptCoverage[]): boolean {
  let calls = 0;
  eachOf(scripts, ({ url, functions }) => {
    if (url !== INTRODUCTION_URL) return;
    eachOf(functions, (entry) => {
      if (entry.functionName === 'witness') calls += callsOf(entry);
    });
  });
  return calls === WITNESS_CALLS;
}

/**
 * The sources of scripts, which turn offsets into lines. Where V8 has dropped the source of a script that ended, its
 * calls still count, at an unknown place (0). The debugger is enabled for this alone, as it is to list scripts.
 */
async function sourcesOf(
  post: Post,
  scripts: readonly { readonly scriptId: string }[],
): Promise<OwnMap<string, string>> {
  const sources = new OwnMap<string, string>();
  const read = async (scriptId: string): Promise<void> => {
    try {
      const reply = (await post('Debugger.getScriptSource', {
        scriptId,
      })) as Protocol.Debugger.GetScriptSourceResponse;
      sources.set(scriptId, reply.scriptSource);
    } catch {
      // It has been dropped.
    }
  };
  const enabled = reportScripts(post);
  await allOf(collected(scripts, ({ scriptId }) => read(scriptId)));
  await enabled;
  await post('Debugger.disable');
  return sources;
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
  for (let at = indexIn(source, '\n'); at !== -1; at = indexIn(source, '\n', at + 1)) {
    starts[starts.length] = at + 1;
  }
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
