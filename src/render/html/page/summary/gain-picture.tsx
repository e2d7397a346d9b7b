import type { JSX } from 'preact';
import type { BenchPair } from '../../../../compare/bench-report.ts';
import { efficiencyGain } from '../../../../stats/efficiency-gain.ts';
import type { Estimate } from '../../../../stats/estimate.ts';
import { interval, percent } from '../../../format.ts';
import { Axis } from '../parts/axis.tsx';
import { Value } from '../parts/figure-value.tsx';
import { Picture } from '../parts/picture.tsx';
import { type Scale, scaleOver } from '../parts/scale.ts';

interface GainPictureProps {
  readonly gainRatio: Estimate;
  readonly pairs: readonly BenchPair[] | null;
  /** null where it is not known. */
  readonly toleranceRatio: number | null;
}

const HEIGHT = 92;
const BAR_Y = 38;
const PAIRS_Y = 70;

/** The gain with its interval on a line, no difference marked; below it every pair's own. */
export function GainPicture({ gainRatio, pairs, toleranceRatio }: GainPictureProps): JSX.Element {
  const gains = (pairs ?? []).map(({ beforeMs, afterMs }) => efficiencyGain(beforeMs, afterMs) / 100);
  const { point, low, high } = gainRatio;
  const tolerance = toleranceRatio ?? 0;
  const scale = scaleOver([0, point, low, high, -tolerance, tolerance, ...gains], 6);
  return (
    <Picture
      title="The gain and its certainty"
      label={`Efficiency gain ${percent(point)}, ${interval(gainRatio, percent)}; no difference is at 0 %`}
      height={HEIGHT + 20}
      table={{
        columns: ['', 'gain'],
        rows: [
          ['estimate', <Value key="point" of={point} as={percent} />],
          ['interval from', <Value key="low" of={low} as={percent} />],
          ['interval to', <Value key="high" of={high} as={percent} />],
          ...gains.map((gain, index) => [`pair ${index + 1}`, <Value key={index} of={gain} as={percent} />]),
        ],
      }}
    >
      <Axis scale={scale} format={(value) => percent(value, 0)} height={HEIGHT} />
      <NoDifference scale={scale} tolerance={tolerance} />
      <line class="interval-line" x1={scale.at(low)} x2={scale.at(high)} y1={BAR_Y} y2={BAR_Y} />
      {[low, high].map((end) => (
        <line
          key={end}
          class="interval-end"
          x1={scale.at(end)}
          x2={scale.at(end)}
          y1={BAR_Y - 9}
          y2={BAR_Y + 9}
        />
      ))}
      <circle class="interval-point" cx={scale.at(point)} cy={BAR_Y} r={6} />
      {gains.map((gain, index) => (
        <circle key={index} class="pair-dot" cx={scale.at(gain)} cy={PAIRS_Y} r={3.5} />
      ))}
    </Picture>
  );
}

function NoDifference({ scale, tolerance }: { readonly scale: Scale; readonly tolerance: number }) {
  const width = Number.parseFloat(scale.at(tolerance)) - Number.parseFloat(scale.at(-tolerance));
  return (
    <>
      {tolerance > 0 ? (
        <rect class="tolerance" x={scale.at(-tolerance)} width={`${width}%`} y={0} height={HEIGHT} />
      ) : null}
      <line class="zero-line" x1={scale.at(0)} x2={scale.at(0)} y1={0} y2={HEIGHT} />
      <text x={scale.at(0)} y={12} dx={6} text-anchor={scale.low < 0 && scale.high <= 0 ? 'end' : 'start'}>
        no difference
      </text>
    </>
  );
}
