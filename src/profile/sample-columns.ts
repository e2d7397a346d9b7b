import type { IdIndex } from './id-index.ts';
import { type NumberBlock, release } from './number-column.ts';
import type { Refuse } from './refusal.ts';

/** The node of each sample: in the place of the ids where they are in one block, else the blocks are let go one by one. */
export function sampleNodesOf(blocks: NumberBlock[], ids: IdIndex, refuse: Refuse): Int32Array {
  const [first] = blocks;
  const inPlace = blocks.length === 1 && first instanceof Int32Array;
  const nodes = inPlace ? first : new Int32Array(lengthOf(blocks));
  let at = 0;
  for (const block of blocks.splice(0)) {
    const missing = ids.translate(block, nodes, at);
    if (missing >= 0) refuse(`sample ${at + missing} names node ${block[missing]}, which does not exist`);
    at += block.length;
    if (!inPlace) release(block);
  }
  return nodes;
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
