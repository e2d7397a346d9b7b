import type { JSX } from 'preact';
import { extentOf } from '../../../../stats/extent.ts';
import { median } from '../../../../stats/median.ts';
import { adaptiveTime } from '../../../format.ts';
import type { BothSides } from '../../model.ts';
import { Axis } from '../parts/axis.tsx';
import { Value } from '../parts/figure-value.tsx';
import { Picture } from '../parts/picture.tsx';
import { type Scale, scaleOver } from '../parts/scale.ts';
import { shortTime } from '../parts/short-time.ts';
import { Mark } from './marks.tsx';
import { stackedDots } from './stacked-dots.ts';

const SIDES = ['before', 'after'] as const;
const LEVEL = 9;

/** How the times of each side are spread: one mark a time, those that lie together on top of one another. */
export function SpreadPicture(props: {
  readonly names: BothSides<string>;
  readonly timesMs: BothSides<readonly number[]>;
}): JSX.Element {
  const { names, timesMs } = props;
  const scale = scaleOver([...timesMs.before, ...timesMs.after], 4);
  const { most: levels } = extentOf(
    SIDES.flatMap((side) => stackedDots(timesMs[side], scale).map(({ level }) => level)),
  );
  const extents = { before: extentOf(timesMs.before), after: extentOf(timesMs.after) };
  const rowHeight = 40 + levels * LEVEL;
  const range = (side: (typeof SIDES)[number]) =>
    `${names[side]}: ${adaptiveTime(extents[side].least)} to ${adaptiveTime(extents[side].most)}`;
  return (
    <Picture
      title="Times, as they are spread"
      label={SIDES.map(range).join('; ')}
      height={2 * rowHeight + 22}
      table={{
        columns: ['', 'least', 'median', 'most', 'times'],
        rows: SIDES.map((side) => [
          names[side],
          <Value key="least" of={extents[side].least} as={adaptiveTime} />,
          <Value key="median" of={median(timesMs[side])} as={adaptiveTime} />,
          <Value key="most" of={extents[side].most} as={adaptiveTime} />,
          String(timesMs[side].length),
        ]),
      }}
    >
      <Axis scale={scale} format={shortTime} height={2 * rowHeight} />
      {SIDES.map((side, row) => (
        <g key={side}>
          <text class="row-label" x="0" y={row * rowHeight + 13}>
            {names[side]}
          </text>
          <Dots side={side} values={timesMs[side]} scale={scale} bottom={(row + 1) * rowHeight - 10} />
        </g>
      ))}
    </Picture>
  );
}

interface DotsProps {
  readonly side: (typeof SIDES)[number];
  readonly values: readonly number[];
  readonly scale: Scale;
  readonly bottom: number;
}

function Dots({ side, values, scale, bottom }: DotsProps): JSX.Element {
  return (
    <>
      {stackedDots(values, scale).map(({ value, level }, index) => (
        <Mark key={index} side={side} x={scale.at(value)} y={bottom - level * LEVEL} />
      ))}
    </>
  );
}
