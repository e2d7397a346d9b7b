import type { Protocol } from 'devtools-protocol';
import * as v from 'valibot';
import type { ChildMessage } from './child/messages.ts';

const finite = v.pipe(v.number(), v.finite());
const window = v.object({ startUs: finite, endUs: finite });
const phase = v.picklist(['import', 'setup', 'run', 'output', 'teardown']);

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

const result = v.object({
  nodeVersion: v.string(),
  importMs: finite,
  setupMs: finite,
  wallMs: finite,
  cpuMs: finite,
  peakRssBytes: finite,
  repeatedMs: v.array(finite),
  outputsEqual: v.nullable(v.boolean()),
  processCpuMs: finite,
  window,
  output: v.object({ sha256: v.nullable(v.string()), sizeBytes: finite }),
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
]);

/** The one message that closes a run. */
export type Answer = Extract<ChildMessage, { kind: 'done' | 'failed' | 'not written' }>;

/**
 * A message from the child, in whose process the implementation may have said anything.
 *
 * @throws ValiError for what is none
 */
export function parseChildMessage(raw: unknown): ChildMessage {
  return v.parse(ChildMessageSchema, raw);
}
