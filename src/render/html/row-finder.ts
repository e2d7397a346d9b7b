import type { FunctionPair } from '../../compare/function-pairs.ts';
import type { PageFrame, SideName } from './model.ts';

type Place = Pick<PageFrame, 'name' | 'file' | 'line' | 'column'>;

/** Where a comparison tells of a function, and as what. */
export type Told = Pick<PageFrame, 'name' | 'row'>;

export type RowFinder = (frame: Place, found: { readonly fromBuilt: boolean }) => Told;

/**
 * Finds in which row of a comparison a sampled function is told of; row −1 where it is in none.
 *
 * V8 tells samples a place a few columns behind the one that it counts calls at, which is the row's: so it is the last
 * function of its name in its file that begins before it, or there. Behind a source map the place of the samples does not
 * always lead to the name that was written; there, it is the last function that begins before it on its line.
 */
export function rowFinder(pairs: readonly FunctionPair[], side: SideName): RowFinder {
  const told = pairs.flatMap((pair, row): ToldPlace[] => {
    const place = pair[side];
    return place === null ? [] : [{ place, row }];
  });
  const named = inOrder(told, ({ name, file }) => JSON.stringify([name, file]));
  const lined = inOrder(told, ({ file, line }) => JSON.stringify([file, line]));
  return (frame, { fromBuilt }) => {
    const before = ({ place }: ToldPlace) =>
      place.line < frame.line || (place.line === frame.line && place.column <= frame.column);
    const found = named(frame).findLast(before) ?? (fromBuilt ? lined(frame).findLast(before) : undefined);
    return found === undefined ? { row: -1, name: frame.name } : { row: found.row, name: found.place.name };
  };
}

interface ToldPlace {
  readonly place: Place;
  readonly row: number;
}

/** Those with the same key as a place, as they follow one another in their file. */
function inOrder(
  told: readonly ToldPlace[],
  keyOf: (place: Place) => string,
): (place: Place) => readonly ToldPlace[] {
  const groups = new Map(
    [...Map.groupBy(told, ({ place }) => keyOf(place))].map(([key, rows]) => [
      key,
      rows.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column),
    ]),
  );
  return (place) => groups.get(keyOf(place)) ?? [];
}
