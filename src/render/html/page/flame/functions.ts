import type { BothSides, PageFrame, PageRecording, SideName } from '../../model.ts';

/** The functions of both sides, each told once though it stands on both; what a tree of calls is made of. */
export interface Functions {
  readonly count: number;
  /** Of each function its frame on a side, null where the side does not have it. */
  readonly frames: BothSides<readonly (PageFrame | null)[]>;
  /** Of each of a side's frames its function. */
  readonly ofFrames: BothSides<Int32Array>;
}

/**
 * Finds the functions that the frames of two recordings stand for.
 *
 * Frames with a row in the comparison's table are one function as that table says, renamed and moved ones among them;
 * others by name and file. Those without a name are one only at the very same place.
 */
export function functionsOf(recordings: BothSides<PageRecording | null>): Functions {
  const known = new Map<string, number>();
  const frames: BothSides<(PageFrame | null)[]> = { before: [], after: [] };
  const idsOf = (side: SideName) =>
    Int32Array.from(recordings[side]?.frames ?? [], (frame) => {
      const key = identity(frame);
      const id = known.get(key) ?? known.size;
      known.set(key, id);
      frames[side][id] ??= frame;
      return id;
    });
  const ofFrames = { before: idsOf('before'), after: idsOf('after') };
  const filled = (side: SideName) => Array.from({ length: known.size }, (_, id) => frames[side][id] ?? null);
  return { count: known.size, frames: { before: filled('before'), after: filled('after') }, ofFrames };
}

/** A side's own folder is no difference: `impl-old/index.ts` and `impl-new/index.ts` are the same place. */
function identity({ row, name, file, line, column, engine }: PageFrame): string {
  if (row >= 0) return `row ${row}`;
  const place = file.replace(/^impl-[^/]+\//, 'impl-*/');
  return JSON.stringify(name === '' ? [engine, place, line, column] : [engine, place, name]);
}

/** The frame that a function is shown by: of the side asked for, of two sides the later one. */
export function shownFrame(functions: Functions, id: number, side: SideName | 'diff'): PageFrame | null {
  const { before, after } = functions.frames;
  return (side === 'before' ? before[id] : (after[id] ?? before[id])) ?? null;
}
