import './functions.css';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { type Search, searchFunctions } from '../flame/search.ts';
import { Choice } from '../parts/choice.tsx';
import type { ViewProps } from '../state.ts';
import { functionTable } from './function-table.ts';
import { FunctionsTable } from './functions-table.tsx';
import { measuredThreads } from './measured-nodes.ts';
import { reportedRows, sampledRows } from './shown-rows.ts';

const GROUPINGS = [
  { value: 'function', title: 'Function' },
  { value: 'package', title: 'Package' },
  { value: 'file', title: 'File' },
] as const;

const DIRECTIONS = [
  { value: 'callees', title: 'What it calls' },
  { value: 'callers', title: 'What calls it' },
] as const;

/** Every function with its time before and after, to be sorted, searched, grouped, and followed along its calls. */
export function Functions({ page, state, navigate }: ViewProps): JSX.Element {
  const { window, thread, query, own } = state;
  const table = useMemo(() => functionTable(page), [page]);
  const whole = window === null && thread === 'all';
  const needed = !whole || (own.open ?? '') !== '';
  const measured = useMemo(
    () => (needed ? measuredThreads(page, table, { window, thread }) : { before: [], after: [] }),
    [needed, page, table, window, thread],
  );
  const rows = useMemo(
    () => (whole ? reportedRows(page.data.comparison) : sampledRows(measured, table)),
    [whole, page, measured, table],
  );
  const search = useMemo(() => searchFunctions(query, table.functions), [query, table]);
  const found = useMemo(
    () => (search.kind === 'found' ? rows.filter((row) => search.matches[row.function] === 1) : rows),
    [rows, search],
  );
  const by = GROUPINGS.find(({ value }) => value === own.by)?.value ?? 'function';
  const direction = own.tree === 'callers' ? 'callers' : 'callees';
  const change = (changed: Readonly<Record<string, string>>) => navigate({ own: { ...own, ...changed } });
  return (
    <>
      <div class="controls">
        <input
          type="search"
          aria-label="Search functions"
          placeholder="Search, a regular expression  ( / )"
          value={query}
          onInput={({ currentTarget }) => navigate({ query: currentTarget.value })}
        />
        <Choice
          label="Rows"
          options={GROUPINGS}
          chosen={by}
          choose={(value) => change({ by: value, open: '', rows: '' })}
        />
        <Choice
          label="Opened"
          options={DIRECTIONS}
          chosen={direction}
          choose={(value) => change({ tree: value, open: '' })}
        />
      </div>
      <Origin whole={whole} />
      <p class="note" role="status">
        {foundText(search, found.length, rows.length)}
      </p>
      <FunctionsTable {...{ rows: found, table, measured, by, direction, own, change }} />
    </>
  );
}

function foundText(search: Search, found: number, all: number): string {
  if (search.kind === 'invalid') return `Not a regular expression: ${search.reason}`;
  return found === all ? `${all} functions` : `${found} of ${all} functions`;
}

/** What the figures are of. */
function Origin({ whole }: { readonly whole: boolean }): JSX.Element {
  return (
    <p class="note">
      {whole
        ? 'Sampled wall time of all threads, waiting included, of the median run a side, as in the report’s JSON. The noise is what all sampling runs allow; ~ is a difference that noise explains.'
        : 'Worked out in this page from the samples of the part that is shown, one recording a side: calls and noise are known of whole runs only.'}{' '}
      Opened rows are always of those samples.
    </p>
  );
}
