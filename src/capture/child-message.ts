import type { Readable } from 'node:stream';
import type { Protocol } from 'devtools-protocol';
import * as v from 'valibot';
import type { ChildMessage } from './child/messages.ts';

const LINE_END = 0x0a;

const finite = v.pipe(v.number(), v.finite());
/** Whether it can be true is checked where there is somebody to name; JSON has null for what is not finite. */
const duration = v.union([
  v.number(),
  v.nan(),
  v.pipe(
    v.null(),
    v.transform(() => Number.NaN),
  ),
]);
const window = v.object({ startUs: finite, endUs: finite });
const phase = v.picklist(['import', 'setup', 'run', 'output', 'teardown', 'shutdown']);

const evidence = v.variant('kind', [
  v.object({
    kind: v.literal('samples'),
    // Its parts are checked against one another where it is read.
    profile: v.custom<Protocol.Profiler.Profile>((value) => typeof value === 'object' && value !== null),
  }),
  v.object({
    kind: v.literal('counts'),
    counts: v.array(
      v.object({
        name: v.string(),
        url: v.string(),
        line: finite,
        column: finite,
        endLine: finite,
        endColumn: finite,
        calls: finite,
        body: v.nullable(v.string()),
      }),
    ),
  }),
  v.object({ kind: v.literal('lost'), why: v.string() }),
]);

const repeated = v.object({
  clockFloorNs: finite,
  calls: v.array(finite),
  cpuMs: v.array(duration),
  totalMs: finite,
  resident: v.array(v.object({ batches: finite, sizeBytes: finite })),
  scaling: v.nullable(
    v.object({
      calls: finite,
      onceNs: finite,
      twiceNs: finite,
      emptyOnceNs: finite,
      emptyTwiceNs: finite,
    }),
  ),
});

const result = v.object({
  nodeVersion: v.string(),
  importMs: duration,
  setupMs: duration,
  importCpuMs: duration,
  setupCpuMs: duration,
  wallMs: duration,
  cpuMs: duration,
  mainThread: v.optional(v.nullable(v.object({ cpuMs: duration, runQueueMs: v.nullable(duration) })), null),
  peakRssBytes: finite,
  repeatedMs: v.array(duration),
  repeated: v.optional(v.nullable(repeated)),
  changedOutput: v.nullable(v.string()),
  outputsEqual: v.nullable(v.boolean()),
  processCpuMs: duration,
  window,
  output: v.object({
    form: v.picklist(['bytes', 'value', 'nothing']),
    sha256: v.nullable(v.string()),
    sizeBytes: v.nullable(finite),
    uninspectable: v.nullable(v.string()),
  }),
  openResources: v.array(v.string()),
  mappedScripts: v.array(v.object({ url: v.string(), sourceMapUrl: v.string() })),
  loadedUrls: v.array(v.string()),
  started: v.object({ processes: finite, cpuMs: v.nullable(finite) }),
  threads: v.array(
    v.object({
      name: v.string(),
      tid: v.nullable(finite),
      life: window,
      cpuUs: v.nullable(finite),
      runQueueUs: v.nullable(finite),
      evidence,
    }),
  ),
});

const ChildMessageSchema = v.variant('kind', [
  v.object({ kind: v.literal('phase'), phase }),
  v.object({ kind: v.literal('progress'), sizeBytes: finite }),
  v.object({ kind: v.literal('not written'), message: v.string() }),
  v.object({ kind: v.literal('failed'), phase, message: v.string() }),
  v.object({ kind: v.literal('done'), result }),
  v.object({
    kind: v.literal('uncaught'),
    phase,
    origin: v.picklist(['uncaughtException', 'unhandledRejection']),
    message: v.string(),
  }),
  v.object({ kind: v.literal('leaving') }),
  v.object({ kind: v.literal('ending'), exitCode: finite, idle: v.boolean() }),
]);

/** The one message that answers a request. */
export type Answer = Extract<ChildMessage, { kind: 'done' | 'failed' | 'not written' }>;

/** What was not caught, in the child. */
export type Uncaught = Extract<ChildMessage, { kind: 'uncaught' }>;

/**
 * A message from the child, in whose process the implementation may have written anything.
 *
 * @returns null for what is no message; a result whose figures cannot be right is a failure
 */
function parseChildMessage(line: string): ChildMessage | null {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = v.safeParse(ChildMessageSchema, raw);
  if (parsed.success) return parsed.output;
  if (!v.is(v.object({ kind: v.literal('done') }), raw)) return null;
  const [issue] = parsed.issues;
  const message = `what it measured is not valid: ${v.getDotPath(issue) ?? 'result'}: ${issue.message}`;
  return { kind: 'failed', phase: 'shutdown', message };
}

/** Calls back for each message of a child as soon as it is complete; lines that do not begin as agreed are no messages. */
export function readMessages(
  from: Readable,
  lineStart: string,
  onMessage: (message: ChildMessage) => void,
): void {
  // A recording is one line of many megabytes, which is joined once.
  let parts: Buffer[] = [];
  from.on('data', (bytes: Buffer) => {
    let start = 0;
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
      const line = Buffer.concat([...parts, bytes.subarray(start, end)]).toString();
      parts = [];
      start = end + 1;
      const message = line.startsWith(lineStart) ? parseChildMessage(line.slice(lineStart.length)) : null;
      if (message !== null) onMessage(message);
    }
    parts.push(bytes.subarray(start));
  });
}
