import './packages.css';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { percent } from '../../../format.ts';
import type { BothSides, SideName } from '../../model.ts';
import { functionTable } from '../functions/function-table.ts';
import { measuredThreads } from '../functions/measured-nodes.ts';
import { groupedRows, sampledRows } from '../functions/shown-rows.ts';
import { amountSpan, columnAmount, selfTitle } from '../parts/amounts.ts';
import { DeltaBar } from '../parts/delta-bar.tsx';
import { Difference, Value } from '../parts/figure-value.tsx';
import { Picture, ScrolledTable } from '../parts/picture.tsx';
import { shownName } from '../parts/place.tsx';
import { FIRST_STATE, hashOf, type ViewProps } from '../state.ts';
import { reportedPackages, type ShownPackage } from './shown-packages.ts';

/** What each package costs: self time, of all that was sampled of its side. */
export function Packages({ page, state: { window, thread } }: ViewProps): JSX.Element {
  const whole = window === null && thread === 'all';
  const packages = useMemo((): ShownPackage[] => {
    if (whole) return reportedPackages(page.data.comparison);
    const table = functionTable(page);
    const rows = sampledRows(measuredThreads(page, table, { window, thread }), table);
    return groupedRows(rows, 'package').map(({ name, selfMs }) => ({
      ...{ name, ms: selfMs, low: null, high: null, noise: false },
    }));
  }, [whole, page, window, thread]);
  const sums: BothSides<number> = {
    before: packages.reduce((sum, { ms }) => sum + ms.before, 0),
    after: packages.reduce((sum, { ms }) => sum + ms.after, 0),
  };
  const most = Math.max(0, ...packages.map(({ ms }) => Math.abs(ms.after - ms.before)));
  return (
    <>
      <p class="note">
        {selfTitle()}, sampled, of all threads, waiting included
        {whole
          ? ', as in the report’s JSON; the noise is what all sampling runs allow.'
          : ', worked out in this page from the samples of the part that is shown; its noise is not known.'}
      </p>
      <SharesPicture packages={packages} sums={sums} />
      <h2 id="packages">By package</h2>
      <ScrolledTable
        labelledBy="packages"
        columns={['package', 'before', 'share', 'after', 'share after', 'difference', '', 'noise']}
        rows={packages.map(({ name, ms, low, high, noise }) => [
          <a key="name" href={linkTo(name)}>
            {shownName(name)}
          </a>,
          <Value key="before" of={ms.before} as={columnAmount} />,
          <Value key="before-share" of={shareOf(ms.before, sums.before)} as={roundPercent} />,
          <Value key="after" of={ms.after} as={columnAmount} />,
          <Value key="after-share" of={shareOf(ms.after, sums.after)} as={roundPercent} />,
          <Difference key="delta" ms={ms.after - ms.before} noise={noise} />,
          <DeltaBar key="bar" value={ms.after - ms.before} most={most} noise={noise} />,
          low === null || high === null ? '–' : amountSpan(low, high),
        ])}
      />
    </>
  );
}

function shareOf(ms: number, sumMs: number): number {
  return sumMs > 0 ? ms / sumMs : 0;
}

function roundPercent(ratio: number): string {
  return percent(ratio, 1);
}

/** The functions of a package, opened. */
function linkTo(name: string): string {
  const open = `g${encodeURIComponent(name).replaceAll('.', '%2E')}`;
  return hashOf({ ...FIRST_STATE, view: 'functions', own: { by: 'package', open } });
}

const ROW = 40;
const NAMED = 5;

/** Both sides in one measure: the length of a bar is time, its parts the packages, the largest named in the same order. */
function SharesPicture(props: {
  readonly packages: readonly ShownPackage[];
  readonly sums: BothSides<number>;
}): JSX.Element {
  const { packages, sums } = props;
  const longest = Math.max(sums.before, sums.after, Number.MIN_VALUE);
  const named = packages.slice(0, NAMED);
  const parts = (side: SideName) => {
    const rest = packages.slice(NAMED).reduce((sum, { ms }) => sum + ms[side], 0);
    return [...named.map(({ name, ms }) => ({ name, ms: ms[side] })), { name: 'the rest', ms: rest }];
  };
  return (
    <Picture
      title={`${selfTitle()} by package`}
      label={(['before', 'after'] as const)
        .map((side) => `${side}: ${columnAmount(sums[side])}, most of it ${largest(parts(side))}`)
        .join('; ')}
      height={ROW * 2 + 20 * (named.length + 1)}
      table={{
        columns: ['', 'before', 'after'],
        rows: parts('before').map(({ name, ms }, index) => [
          shownName(name),
          <Value key="before" of={ms} as={columnAmount} />,
          <Value key="after" of={parts('after')[index]?.ms ?? 0} as={columnAmount} />,
        ]),
      }}
    >
      {(['before', 'after'] as const).map((side, row) => (
        <g key={side}>
          <text class="row-label" x="0" y={row * ROW + 13}>
            {side}, {columnAmount(sums[side])}
          </text>
          {stacked(parts(side), longest).map(({ name, from, width }, index) => (
            <rect
              key={name}
              class={`share share-${index}`}
              x={`${from}%`}
              width={`${width}%`}
              y={row * ROW + 18}
              height={14}
            />
          ))}
        </g>
      ))}
      {parts('before').map(({ name }, index) => (
        <g key={name}>
          <rect class={`share share-${index}`} x="0" y={2 * ROW + index * 20 + 4} width={12} height={12} />
          <text x="20" y={2 * ROW + index * 20 + 14}>
            {shownName(name)}
          </text>
        </g>
      ))}
    </Picture>
  );
}

function largest(parts: readonly { readonly name: string; readonly ms: number }[]): string {
  const [first] = parts.toSorted((a, b) => b.ms - a.ms);
  return first === undefined ? 'nothing' : `${first.name} (${columnAmount(first.ms)})`;
}

function stacked(parts: readonly { readonly name: string; readonly ms: number }[], longest: number) {
  let from = 0;
  return parts.map(({ name, ms }) => {
    const width = (100 * ms) / longest;
    from += width;
    return { name, from: from - width, width };
  });
}
