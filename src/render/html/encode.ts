import { STEPS_PER_MS, writeVarints } from './columns.ts';
import type { EncodedRecording, EncodedThread, PageRecording, PageThread } from './model.ts';

/** Deflates bytes (RFC 1951, without a header) and writes them in base64. Given, since a pure module has no zlib. */
export type Deflate = (bytes: Uint8Array) => string;

/** A recording for the page. */
export function encodeRecording(recording: PageRecording, deflate: Deflate): EncodedRecording {
  const { runMs, frames, threads } = recording;
  return {
    runMs,
    frames: deflate(new TextEncoder().encode(JSON.stringify(frames))),
    threads: threads.map((thread) => encodeThread(thread, deflate)),
  };
}

/**
 * The columns one after the other: how far above each node its parent stands, each node's frame less the one before, each
 * sample's node less the one before, each sample's length. Neighbours resemble one another, so that most take one byte.
 */
function encodeThread(thread: PageThread, deflate: Deflate): EncodedThread {
  const { name, startMs, endMs, cpuMs, waitingMs, nodeParents, nodeFrames, sampleNodes } = thread;
  const bytes: number[] = [];
  writeVarints(
    nodeParents.map((parent, node) => node - parent),
    bytes,
  );
  writeVarints(steps(nodeFrames), bytes);
  writeVarints(steps(sampleNodes), bytes);
  writeVarints(sampleTimes(thread), bytes);
  return {
    ...{ name, startMs, endMs, cpuMs, waitingMs },
    nodes: nodeParents.length,
    samples: sampleNodes.length,
    columns: deflate(Uint8Array.from(bytes)),
  };
}

function* steps(values: Int32Array): Iterable<number> {
  let last = 0;
  for (const value of values) {
    yield value - last;
    last = value;
  }
}

function* sampleTimes({ sampleStartMs, lastSampleEndMs }: PageThread): Iterable<number> {
  let last = 0;
  for (const ms of [...sampleStartMs, lastSampleEndMs]) {
    const step = Math.round(ms * STEPS_PER_MS);
    yield step - last;
    last = step;
  }
}
