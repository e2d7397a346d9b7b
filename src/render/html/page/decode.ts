import { STEPS_PER_MS, VarintReader } from '../columns.ts';
import type { EncodedRecording, EncodedThread, PageRecording, PageThread } from '../model.ts';

/** Undoes `Deflate`; a browser's is asynchronous. */
export type Inflate = (base64: string) => Promise<Uint8Array>;

/** @throws RangeError where a recording is cut short */
export async function decodeRecording(encoded: EncodedRecording, inflate: Inflate): Promise<PageRecording> {
  const { runMs, frames, threads } = encoded;
  return {
    runMs,
    // Written by outpace, which checked what it was made from.
    frames: JSON.parse(new TextDecoder().decode(await inflate(frames))),
    threads: await Promise.all(threads.map((thread) => decodeThread(thread, inflate))),
  };
}

async function decodeThread(encoded: EncodedThread, inflate: Inflate): Promise<PageThread> {
  const { columns, nodes, samples, ...facts } = encoded;
  const reader = new VarintReader(await inflate(columns));
  const nodeParents = new Int32Array(nodes);
  for (let node = 0; node < nodes; node += 1) nodeParents[node] = node - reader.next();
  const nodeFrames = summedUp(reader, nodes);
  const sampleNodes = summedUp(reader, samples);
  const sampleStartMs = new Float64Array(samples);
  let step = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    step += reader.next();
    sampleStartMs[sample] = step / STEPS_PER_MS;
  }
  const lastSampleEndMs = (step + reader.next()) / STEPS_PER_MS;
  return { ...facts, nodeParents, nodeFrames, sampleNodes, sampleStartMs, lastSampleEndMs };
}

function summedUp(reader: VarintReader, count: number): Int32Array {
  const values = new Int32Array(count);
  let value = 0;
  for (let index = 0; index < count; index += 1) {
    value += reader.next();
    values[index] = value;
  }
  return values;
}
