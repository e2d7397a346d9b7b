import type { FunctionPair } from '../../compare/function-pairs.ts';
import type { PageFrame, SideName } from './model.ts';

type Place = Pick<PageFrame, 'name' | 'file' | 'line' | 'column'>;

/**
 * Finds in which row of a comparison a sampled function is told of; −1 where it is in none.
 *
 * V8 tells samples a place a few columns behind the one that it counts calls at, which is the row's: so it is the last
 * function of its name in its file that begins before it, or there.
 */
export function rowFinder(pairs: readonly FunctionPair[], side: SideName): (frame: Place) => number {
  const told = pairs.flatMap((pair, row) => {
    const one = pair[side];
    return one === null ? [] : [{ place: one, row }];
  });
  const named = Map.groupBy(told, ({ place }) => keyOf(place));
  for (const [key, rows] of named) {
    named.set(
      key,
      rows.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column),
    );
  }
  return (frame) => {
    const before = ({ place }: (typeof told)[number]) =>
      place.line < frame.line || (place.line === frame.line && place.column <= frame.column);
    return named.get(keyOf(frame))?.findLast(before)?.row ?? -1;
  };
}

function keyOf({ name, file }: Place): string {
  return JSON.stringify([name, file]);
}
