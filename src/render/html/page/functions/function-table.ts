import { originOf } from '../../../../profile/origin.ts';
import type { BothSides, Page, PageFrame, SideName } from '../../model.ts';

/** A function of either side; those of the comparison have their row there as their index. */
export type KnownFunction = Pick<PageFrame, 'name' | 'file' | 'line' | 'origin' | 'engine'>;

export interface FunctionTable {
  /** As frames; without a column for those of the comparison, which does not tell it. */
  readonly functions: readonly PageFrame[];
  /** Of each frame of a side the function, an index into the table. */
  readonly ofFrame: BothSides<Int32Array>;
}

/** Which function a frame is, on whichever side: by its row in the comparison, else by its name and place. */
export function functionTable({ data, recordings }: Page): FunctionTable {
  const functions: PageFrame[] = data.comparison.functions.map((known, row) => {
    const { name, file, line, engine } = known;
    return { name, file, line, engine, column: 0, row, origin: originOf(known) };
  });
  const others = new Map<string, number>();
  const indexOf = (frame: PageFrame): number => {
    if (frame.row >= 0) return frame.row;
    const key = JSON.stringify([frame.name, frame.file, frame.line, frame.column]);
    const known = others.get(key);
    if (known !== undefined) return known;
    others.set(key, functions.length);
    functions.push(frame);
    return functions.length - 1;
  };
  const ofFrame = (side: SideName) => Int32Array.from(recordings[side]?.frames ?? [], indexOf);
  return { ofFrame: { before: ofFrame('before'), after: ofFrame('after') }, functions };
}
