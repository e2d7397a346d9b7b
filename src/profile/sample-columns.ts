import type { IdIndex } from './id-index.ts';
import { type NumberBlock, release } from './number-column.ts';

/** In place of a sample's node where the file does not describe it, until its time is given to the root. */
const UNKNOWN = -1;
const ROOT = 0;

/** The node of each sample: in the place of the ids where they are in one block, else the blocks are let go one by one. */
export function sampleNodesOf(
  blocks: NumberBlock[],
  ids: IdIndex,
): { readonly nodes: Int32Array; readonly unknown: number } {
  const [first] = blocks;
  const inPlace = blocks.length === 1 && first instanceof Int32Array;
  const nodes = inPlace ? first : new Int32Array(lengthOf(blocks));
  let at = 0;
  let unknown = 0;
  for (const block of blocks.splice(0)) {
    for (let from = 0; from < block.length; ) {
      const missing = ids.translate(block.subarray(from), nodes, at + from);
      if (missing < 0) break;
      nodes[at + from + missing] = UNKNOWN;
      unknown += 1;
      from += missing + 1;
    }
    at += block.length;
    if (!inPlace) release(block);
  }
  return { nodes, unknown };
}

/** Gives the samples of unknown nodes to the root, and tells how long they lasted, µs. */
export function giveToRoot(
  sampleNodes: Int32Array,
  { timesUs, endTimeUs }: { readonly timesUs: Float64Array; readonly endTimeUs: number },
): number {
  let spentUs = 0;
  for (let index = 0; index < sampleNodes.length; index += 1) {
    if (sampleNodes[index] !== UNKNOWN) continue;
    sampleNodes[index] = ROOT;
    const fromUs = timesUs[index] ?? endTimeUs;
    spentUs += Math.max(0, (timesUs[index + 1] ?? endTimeUs) - fromUs);
  }
  return spentUs;
}

/** The time of each sample, µs, from what lies between one and the next; memory as with `sampleNodesOf`. */
export function sampleTimesOf(
  deltas: NumberBlock[],
  startTimeUs: number,
): { timesUs: Float64Array; isAscending: boolean } {
  const [first] = deltas;
  const inPlace = deltas.length === 1 && first instanceof Float64Array;
  const timesUs = inPlace ? first : new Float64Array(lengthOf(deltas));
  let at = 0;
  let timeUs = startTimeUs;
  let least = 0;
  for (const block of deltas.splice(0)) {
    for (let index = 0; index < block.length; index += 1) {
      const deltaUs = block[index] ?? 0;
      if (deltaUs < least) least = deltaUs;
      timeUs += deltaUs;
      timesUs[at + index] = timeUs;
    }
    at += block.length;
    if (!inPlace) release(block);
  }
  return { timesUs, isAscending: least >= 0 };
}

function lengthOf(blocks: readonly NumberBlock[]): number {
  return blocks.reduce((sum, { length }) => sum + length, 0);
}
