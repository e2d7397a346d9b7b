import type { JSX } from 'preact';
import { useCallback, useMemo, useRef } from 'preact/hooks';
import type { BothSides } from '../../model.ts';
import type { Direction } from './call-paths.ts';
import { FunctionRow, GroupRow } from './function-row.tsx';
import type { FunctionTable } from './function-table.ts';
import type { MeasuredThread } from './measured-nodes.ts';
import { openedRows, type TableRow } from './opened-rows.ts';
import type { ShownRow } from './shown-rows.ts';
import { nextSorting, parseSorting, type Sort, type Sorting } from './sorting.ts';

interface FunctionsTableProps {
  readonly rows: readonly ShownRow[];
  readonly table: FunctionTable;
  readonly measured: BothSides<readonly MeasuredThread[]>;
  readonly by: 'function' | 'package' | 'file';
  readonly direction: Direction;
  readonly own: Readonly<Record<string, string>>;
  readonly change: (changed: Readonly<Record<string, string>>) => void;
}

const COLUMNS: readonly { readonly sort: Sort | null; readonly title: string }[] = [
  { sort: 'name', title: 'function' },
  { sort: 'self-before', title: 'self before' },
  { sort: 'self-after', title: 'self after' },
  { sort: 'change', title: 'difference' },
  { sort: null, title: 'noise' },
  { sort: 'total-before', title: 'total before' },
  { sort: 'total-after', title: 'total after' },
  { sort: 'total-change', title: 'total difference' },
  { sort: 'calls-before', title: 'calls before' },
  { sort: 'calls-after', title: 'calls after' },
];

/** So many rows are shown at once, and so many more at each wish. */
const PAGE_ROWS = 60;

export function FunctionsTable(props: FunctionsTableProps): JSX.Element {
  const { rows, table, measured, by, direction, own, change } = props;
  const sorting = parseSorting(own.sort);
  const limit = Math.max(PAGE_ROWS, Number.parseInt(own.rows ?? '', 10) || 0);
  const open = useMemo(() => new Set((own.open ?? '').split(',').filter((path) => path !== '')), [own.open]);
  const shown = useMemo(
    () => openedRows(rows, { sorting: parseSorting(own.sort), measured, table, by, direction, open, limit }),
    [rows, own.sort, measured, table, by, direction, open, limit],
  );
  const most = Math.max(0, ...rows.slice(0, 1000).map(({ selfDelta }) => Math.abs(selfDelta.ms)));
  const toggle = (path: string) => {
    const next = open.has(path) ? [...open].filter((one) => !isWithin(one, path)) : [...open, path];
    change({ open: next.join(',') });
  };
  // The same one at every drawing, so that rows that stay as they are need not be looked at.
  const latest = useRef(toggle);
  latest.current = toggle;
  const toggleRow = useCallback((path: string) => latest.current(path), []);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Functions">
        <table class="functions">
          <Head sorting={sorting} sort={(clicked) => change({ sort: nextSorting(sorting, clicked) })} />
          <tbody>
            {shown.rows.map((row) => (
              <Row key={row.path} {...{ row, most, open: open.has(row.path), toggle: toggleRow }} />
            ))}
          </tbody>
        </table>
      </section>
      {shown.left === 0 ? null : (
        <button
          type="button"
          class="button more"
          onClick={() => change({ rows: String(limit + 2 * PAGE_ROWS) })}
        >
          Show {Math.min(2 * PAGE_ROWS, shown.left)} more of {shown.left}
        </button>
      )}
    </>
  );
}

function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`);
}

interface RowProps {
  readonly row: TableRow;
  readonly most: number;
  readonly open: boolean;
  readonly toggle: (path: string) => void;
}

function Row({ row, ...others }: RowProps): JSX.Element {
  return row.kind === 'group' ? (
    <GroupRow {...others} group={row.group} path={row.path} />
  ) : (
    <FunctionRow {...others} {...row} />
  );
}

function Head(props: { readonly sorting: Sorting; readonly sort: (sort: Sort) => void }): JSX.Element {
  const { sorting, sort: choose } = props;
  return (
    <thead>
      <tr>
        {COLUMNS.map(({ sort, title }) => (
          <th key={title} scope="col" aria-sort={sort === sorting.sort ? sorting.order : undefined}>
            {sort === null ? (
              title
            ) : (
              <button type="button" class="sort" onClick={() => choose(sort)}>
                {title}
                <span aria-hidden="true">
                  {sort !== sorting.sort ? '' : sorting.order === 'ascending' ? ' ↑' : ' ↓'}
                </span>
              </button>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}
