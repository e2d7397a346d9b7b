import type { JSX } from 'preact';
import type { FunctionDifference } from '../../../../compare/function-differences.ts';
import { percent, whole } from '../../../format.ts';
import { amount } from '../parts/amounts.ts';
import { clockTime } from '../parts/clock-time.ts';
import { Difference } from '../parts/figure-value.tsx';
import type { Box } from './chart.ts';
import type { ShownPicture } from './looks.ts';
import { nameAndPlace, nameOf, placeOf } from './names.ts';
import { colorOrigin, ORIGIN_TITLES } from './origins.ts';
import type { Picture } from './pictures.ts';

interface DetailsProps {
  readonly box: Box;
  readonly shown: ShownPicture;
  /** The comparison's functions, which frames name by their index. */
  readonly rows: readonly FunctionDifference[];
}

/** What is known of the box that is pointed at, or that the keyboard has come to. */
export function Details({ box, shown, rows }: DetailsProps): JSX.Element {
  const { picture, look } = shown;
  const frame = box.node === 0 ? null : look.frameOf(box.node);
  const row = frame === null ? undefined : rows[frame.row];
  return (
    <>
      <p>
        <span class="flame-name">{frame === null ? 'all' : nameOf(frame)}</span>
        {frame === null ? null : ` ${placeOf(frame)} · ${ORIGIN_TITLES[colorOrigin(frame)]}`}
        {row?.formerly ? ` · formerly ${nameAndPlace(row.formerly)}` : null}
      </p>
      {picture.order === 'time' ? (
        <p>
          This box: {amount(box.endMs - box.startMs)}, from {clockTime(box.startMs)} to {amount(box.endMs)} of
          the run. All boxes with this stack:
        </p>
      ) : null}
      <p>
        <Figures picture={picture} node={box.node} />
        {row === undefined || (row.calls.before === null && row.calls.after === null)
          ? null
          : `; calls of the function in the whole run: ${whole(row.calls.before)} before, ${whole(row.calls.after)} after`}
      </p>
    </>
  );
}

/** Total and self time of a stack: of one side with its share, of two with the change. */
function Figures({ picture, node }: { readonly picture: Picture; readonly node: number }): JSX.Element {
  const { before, after } = picture.times;
  const [totals, selfs] = [timesOf(picture, 'totals', node), timesOf(picture, 'selfs', node)];
  if (before !== null && after !== null) {
    return (
      <>
        total {amount(totals.before)} → {amount(totals.after)}{' '}
        <Difference ms={totals.after - totals.before} noise={false} />, self {amount(selfs.before)} →{' '}
        {amount(selfs.after)} <Difference ms={selfs.after - selfs.before} noise={false} />
      </>
    );
  }
  const all = timesOf(picture, 'totals', 0);
  const share = (totals.before + totals.after) / (all.before + all.after || 1);
  return (
    <>
      total {amount(totals.before + totals.after)}, {percent(share, 1)} of what is shown; self{' '}
      {amount(selfs.before + selfs.after)}
    </>
  );
}

/** ms on each side; 0 on a side that is not shown. */
export function timesOf({ times }: Picture, kind: 'selfs' | 'totals', node: number) {
  return { before: times.before?.[kind][node] ?? 0, after: times.after?.[kind][node] ?? 0 };
}
