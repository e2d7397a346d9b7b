import type { ShownRow } from './shown-rows.ts';

/** What a column is sorted by; `change` by size, whichever its sign. */
export const SORTS = {
  name: ({ name }) => name,
  'self-before': ({ selfMs }) => selfMs.before,
  'self-after': ({ selfMs }) => selfMs.after,
  change: ({ selfDelta }) => Math.abs(selfDelta.ms),
  'total-before': ({ totalMs }) => totalMs.before,
  'total-after': ({ totalMs }) => totalMs.after,
  'total-change': ({ totalDeltaMs }) => Math.abs(totalDeltaMs),
  'calls-before': ({ calls }) => calls.before ?? -1,
  'calls-after': ({ calls }) => calls.after ?? -1,
} satisfies Record<string, (row: ShownRow) => number | string>;

export type Sort = keyof typeof SORTS;

export interface Sorting {
  readonly sort: Sort;
  readonly order: 'ascending' | 'descending';
}

/** As `change`, or `-name` for the other way round than a column begins with. */
export function parseSorting(text: string | undefined): Sorting {
  const [, reversed = '', name = ''] = /^(-?)(.+)$/.exec(text ?? '') ?? [];
  const sort = isSort(name) ? name : 'change';
  const first = firstOrder(sort);
  return { sort, order: reversed === '' ? first : otherOrder(first) };
}

/** What a click on a column's head asks for. */
export function nextSorting({ sort, order }: Sorting, clicked: Sort): string {
  return clicked === sort && order === firstOrder(sort) ? `-${clicked}` : clicked;
}

export function sortedRows(rows: readonly ShownRow[], { sort, order }: Sorting): ShownRow[] {
  const read = SORTS[sort];
  const direction = order === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    return direction * (left < right ? -1 : left > right ? 1 : 0);
  });
}

function isSort(name: string): name is Sort {
  return Object.hasOwn(SORTS, name);
}

function firstOrder(sort: Sort): Sorting['order'] {
  return sort === 'name' ? 'ascending' : 'descending';
}

function otherOrder(order: Sorting['order']): Sorting['order'] {
  return order === 'ascending' ? 'descending' : 'ascending';
}
