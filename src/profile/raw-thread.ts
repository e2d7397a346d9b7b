import { callTree } from './call-tree.ts';
import type { SkippedParts } from './flaws.ts';
import type { CpuProfile, Frame } from './model.ts';
import { NodeColumns } from './node-columns.ts';
import { LARGE_BLOCK, type NumberBlock, NumberColumn } from './number-column.ts';
import type { Refuse } from './refusal.ts';
import { giveToRoot, sampleNodesOf, sampleTimesOf } from './sample-columns.ts';
import { sortByTime } from './sort-samples.ts';

/** One thread's recording as it was read, its parts not yet held against one another. */
export class RawThread {
  readonly nodes = new NodeColumns();
  /** Ids of nodes. */
  readonly samples: NumberColumn;
  /** From one sample to the next, the first from the start, µs. */
  readonly timeDeltas: NumberColumn;
  /** NaN where it was not told. */
  startTimeUs = Number.NaN;
  endTimeUs = Number.NaN;

  /** @param atMost how many samples can yet come */
  constructor(atMost = () => LARGE_BLOCK) {
    this.samples = new NumberColumn({ atMost });
    this.timeDeltas = new NumberColumn({ atMost, wide: true });
  }

  clear(): void {
    this.nodes.clear();
    this.samples.clear();
    this.timeDeltas.clear();
    this.startTimeUs = Number.NaN;
    this.endTimeUs = Number.NaN;
  }

  /** Puts the next part of the same recording behind this one; the part is empty then. */
  absorb(part: RawThread): void {
    this.nodes.absorb(part.nodes);
    this.samples.absorb(part.samples);
    this.timeDeltas.absorb(part.timeDeltas);
    if (Number.isNaN(this.startTimeUs)) this.startTimeUs = part.startTimeUs;
    if (!Number.isNaN(part.endTimeUs)) this.endTimeUs = part.endTimeUs;
  }

  /**
   * The profile, whose parts fit one another; nodes parents first, samples by time. What was read is let go meanwhile.
   *
   * @param refuse throws where nothing of it can be used
   */
  finish(
    frames: readonly Frame[],
    refuse: Refuse,
  ): { readonly profile: CpuProfile; readonly skipped: SkippedParts } {
    const { startTimeUs, endTimeUs } = this;
    if (this.nodes.length === 0) refuse('it has no nodes');
    if (this.samples.length !== this.timeDeltas.length)
      refuse(`${this.samples.length} samples but ${this.timeDeltas.length} timeDeltas`);
    if (!Number.isFinite(startTimeUs) || !Number.isFinite(endTimeUs))
      refuse('startTime and endTime are not both numbers');
    if (endTimeUs < startTimeUs) refuse(`endTime ${endTimeUs} lies before startTime ${startTimeUs}`);
    const { table, ids, skipped: nodes } = callTree(this.nodes, refuse);
    const { nodes: sampleNodes, unknown: samples } = sampleNodesOf(this.samples.takeBlocks(), ids);
    const { timesUs, isAscending } = sampleTimesOf(this.timeDeltas.takeBlocks(), startTimeUs);
    if (!Number.isFinite(timesUs.at(-1) ?? 0)) refuse('its timeDeltas sum to no number');
    if (!isAscending) sortByTime(timesUs, sampleNodes);
    const spentUs = samples === 0 ? 0 : giveToRoot(sampleNodes, { timesUs, endTimeUs });
    return {
      profile: { frames, nodes: table, startTimeUs, endTimeUs, sampleNodes, sampleTimesUs: timesUs },
      skipped: { samples, spentUs, nodes },
    };
  }
}

/** Times as what lies between one and the next, of the first `most` of them. */
export function deltasOf(
  timestamps: readonly NumberBlock[],
  { startTimeUs, most }: { readonly startTimeUs: number; readonly most: number },
): NumberColumn {
  const deltas = new NumberColumn();
  let beforeUs = startTimeUs;
  for (const block of timestamps) {
    for (const timeUs of block) {
      if (deltas.length === most) return deltas;
      deltas.push(timeUs - beforeUs);
      beforeUs = timeUs;
    }
  }
  return deltas;
}
