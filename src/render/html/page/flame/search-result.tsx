import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { assertNever } from '../../../../base/assert-never.ts';
import { percent } from '../../../format.ts';
import { amount } from '../parts/amounts.ts';
import type { ShownPicture } from './looks.ts';
import type { Picture } from './pictures.ts';
import { matchedMs, type Search } from './search.ts';

/** What the functions that were searched for took, in all pictures that are shown. */
export function SearchResult({
  search,
  shown,
}: {
  readonly search: Search;
  readonly shown: readonly ShownPicture[];
}): JSX.Element {
  const pictures = useMemo(() => shown.map(({ picture }) => picture), [shown]);
  const text = useMemo(() => resultText(search, pictures), [search, pictures]);
  return (
    <p class="flame-search" role="status" data-kind={search.kind}>
      {text}
    </p>
  );
}

export function resultText(search: Search, pictures: readonly Picture[]): string {
  switch (search.kind) {
    case 'none':
      return '';
    case 'invalid':
      return `Not a regular expression: ${search.reason}`;
    case 'found': {
      const count = search.matches.reduce((sum, match) => sum + match, 0);
      const sides = (['before', 'after'] as const).flatMap((side) =>
        sideText(side, search.matches, pictures),
      );
      return `${count} ${count === 1 ? 'function matches' : 'functions match'}: ${sides.join('; ')}`;
    }
    default:
      return assertNever(search);
  }
}

function sideText(side: 'before' | 'after', matches: Uint8Array, pictures: readonly Picture[]): string[] {
  const shown = pictures.filter(({ times }) => times[side] !== null);
  if (shown.length === 0) return [];
  const sums = shown.reduce(
    (sum, { tree, times }) => {
      const totals = times[side]?.totals ?? new Float64Array();
      return { matched: sum.matched + matchedMs(tree, totals, matches), all: sum.all + (totals[0] ?? 0) };
    },
    { matched: 0, all: 0 },
  );
  const share = sums.all === 0 ? 0 : sums.matched / sums.all;
  return [`${amount(sums.matched)} ${side}, ${percent(share, 1)} of what is shown`];
}
