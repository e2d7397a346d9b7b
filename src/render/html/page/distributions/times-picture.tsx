import type { JSX } from 'preact';
import type { BenchPair } from '../../../../compare/bench-report.ts';
import { extentOf } from '../../../../stats/extent.ts';
import { adaptiveTime } from '../../../format.ts';
import type { BothSides } from '../../model.ts';
import { Value } from '../parts/figure-value.tsx';
import { Picture } from '../parts/picture.tsx';
import { roundValues, scaleOver } from '../parts/scale.ts';
import { shortTime } from '../parts/short-time.ts';
import { drawnPairs } from './drawn-pairs.ts';
import { Legend, Mark } from './marks.tsx';

const TOP = 40;
const HEIGHT = 180;

/** The times of every pair in the order they were measured, from 0 up: a trend, or one that lies apart, is seen. */
export function TimesPicture(props: {
  readonly names: BothSides<string>;
  readonly pairs: readonly BenchPair[];
}): JSX.Element {
  const { names, pairs } = props;
  const { most } = extentOf(pairs.flatMap(({ beforeMs, afterMs }) => [beforeMs, afterMs]));
  const drawn = drawnPairs(pairs);
  const across = scaleOver([1, Math.max(2, pairs.length)], Math.min(8, pairs.length));
  const y = (ms: number) => TOP + HEIGHT - (HEIGHT * ms) / most;
  return (
    <Picture
      title="Times, in order"
      label={`The time of ${names.before} and of ${names.after} in each of ${pairs.length} pairs, from 0 to ${adaptiveTime(most)}`}
      height={TOP + HEIGHT + 22}
      table={{
        columns: ['pair', names.before, names.after, 'first'],
        rows: drawn.map(({ beforeMs, afterMs, first, number }) => [
          String(number),
          <Value key="before" of={beforeMs} as={adaptiveTime} />,
          <Value key="after" of={afterMs} as={adaptiveTime} />,
          names[first],
        ]),
      }}
    >
      <Legend {...names} />
      {roundValues({ low: 0, high: most }, 4).map((ms) => (
        <g key={ms}>
          <line class="grid-line" x1="0" x2="100%" y1={y(ms)} y2={y(ms)} />
          <text x="0" y={y(ms) - 3}>
            {shortTime(ms)}
          </text>
        </g>
      ))}
      {drawn.map(({ beforeMs, afterMs, number }) => {
        const x = across.at(number);
        return (
          <g key={number}>
            <line class="pair-line" x1={x} x2={x} y1={y(beforeMs)} y2={y(afterMs)} />
            <Mark side="before" x={x} y={y(beforeMs)} />
            <Mark side="after" x={x} y={y(afterMs)} />
          </g>
        );
      })}
      {across.ticks.filter(Number.isInteger).map((tick) => (
        <text key={tick} x={across.at(tick)} y={TOP + HEIGHT + 18} text-anchor="middle">
          {tick}
        </text>
      ))}
    </Picture>
  );
}
