import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { whole } from '../../../format.ts';
import { amountSpan, columnAmount } from '../parts/amounts.ts';
import { DeltaBar } from '../parts/delta-bar.tsx';
import { Difference, Value } from '../parts/figure-value.tsx';
import { Place, shownName } from '../parts/place.tsx';
import type { RowGroup, ShownRow } from './shown-rows.ts';

interface Opened {
  readonly path: string;
  readonly open: boolean;
  readonly most: number;
  readonly toggle: (path: string) => void;
}

/** One function, or one step along its calls. */
export function FunctionRow(props: Opened & { readonly row: ShownRow; readonly depth: number }): JSX.Element {
  const { row, depth, most, path, open, toggle } = props;
  // The very element of before is not drawn again: thousands of rows are looked at in no time.
  return useMemo(() => drawnRow(props), [row, depth, most, path, open, toggle]);
}

function drawnRow(props: Opened & { readonly row: ShownRow; readonly depth: number }): JSX.Element {
  const { row, depth, most, ...opened } = props;
  const { selfMs, totalMs, selfDelta, totalDeltaMs, calls, change } = row;
  return (
    <tr class={depth > 0 ? 'opened' : undefined} data-path={opened.path}>
      <th scope="row">
        <Toggle {...opened} depth={depth} name={shownName(row.name)}>
          <Place {...row} />
          {change === null || change === 'same' ? null : <span class="change">{change}</span>}
        </Toggle>
      </th>
      <td>
        <Value of={selfMs.before} as={columnAmount} />
      </td>
      <td>
        <Value of={selfMs.after} as={columnAmount} />
      </td>
      <td>
        <Difference ms={selfDelta.ms} noise={selfDelta.noise} />{' '}
        <DeltaBar value={selfDelta.ms} most={most} noise={selfDelta.noise} />
      </td>
      <td>
        {selfDelta.low === null || selfDelta.high === null ? '–' : amountSpan(selfDelta.low, selfDelta.high)}
      </td>
      <td>
        <Value of={totalMs.before} as={columnAmount} />
      </td>
      <td>
        <Value of={totalMs.after} as={columnAmount} />
      </td>
      <td>
        <Difference ms={totalDeltaMs} noise={false} />
      </td>
      <td>
        <Value of={calls.before} as={whole} />
      </td>
      <td>
        <Value of={calls.after} as={whole} />
      </td>
    </tr>
  );
}

/** All functions of one package or file; only their self times add up. */
export function GroupRow(props: Opened & { readonly group: RowGroup }): JSX.Element {
  const { group, most, ...opened } = props;
  const { before, after } = group.selfMs;
  return (
    <tr data-path={opened.path}>
      <th scope="row">
        <Toggle {...opened} depth={0} name={group.name}>
          {shownName(group.name)} <span class="place-file">{group.rows.length} functions</span>
        </Toggle>
      </th>
      <td>
        <Value of={before} as={columnAmount} />
      </td>
      <td>
        <Value of={after} as={columnAmount} />
      </td>
      <td>
        <Difference ms={after - before} noise={false} />{' '}
        <DeltaBar value={after - before} most={most} noise={false} />
      </td>
      <td colSpan={6} />
    </tr>
  );
}

interface ToggleProps extends Pick<Opened, 'path' | 'open' | 'toggle'> {
  readonly depth: number;
  readonly name: string;
  readonly children: ComponentChildren;
}

function Toggle({ path, open, toggle, depth, name, children }: ToggleProps): JSX.Element {
  return (
    <span class="opener" style={{ paddingLeft: `${Math.min(depth, 24) * 1.1}rem` }}>
      <button
        type="button"
        class="toggle"
        aria-expanded={open}
        aria-label={`${open ? 'Close' : 'Open'} ${name}`}
        onClick={() => toggle(path)}
      >
        <span aria-hidden="true">{open ? '▾' : '▸'}</span>
      </button>
      <span>{children}</span>
    </span>
  );
}
