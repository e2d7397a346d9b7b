import type { JSX } from 'preact';
import type { BenchPair } from '../../../../compare/bench-report.ts';
import type { Estimate } from '../../../../stats/estimate.ts';
import { walshAverages } from '../../../../stats/signed-rank.ts';
import { interval, percent } from '../../../format.ts';
import { Axis } from '../parts/axis.tsx';
import { Value } from '../parts/figure-value.tsx';
import { Picture } from '../parts/picture.tsx';
import { intervalMarks, scaleOfLogs } from './interval-marks.tsx';
import { gainToLog, logsOf, shortLog } from './log-ratios.ts';

const HEIGHT = 140;
const BINS = 40;

/**
 * The Walsh averages, the means of every two log ratios: their median is the estimate, and the interval leaves out as
 * many at each end as the signed-rank test allows.
 */
export function WalshPicture(props: {
  readonly pairs: readonly BenchPair[];
  readonly gainRatio: Estimate;
}): JSX.Element {
  const { pairs, gainRatio } = props;
  const averages = walshAverages(logsOf(pairs));
  const scale = scaleOfLogs([...averages], gainRatio);
  const bins = binned(averages, scale);
  const most = Math.max(...bins);
  const { point, low, high } = gainRatio;
  const width = (scale.high - scale.low) / BINS;
  const below = averages.filter((average) => average < gainToLog(high)).length;
  return (
    <Picture
      title={`Walsh averages: the estimate is the median of ${averages.length}, ${below} left out at each end`}
      label={`${averages.length} means of two log ratios; their median is a gain of ${percent(point)}, ${interval(gainRatio, percent)}`}
      height={HEIGHT + 22}
      table={{
        columns: ['', 'ln(after / before)', 'gain'],
        rows: [
          ['median (Hodges–Lehmann)', gainToLog(point), point] as const,
          ['interval from', gainToLog(high), high] as const,
          ['interval to', gainToLog(low), low] as const,
        ].map(([what, log, gain]) => [
          what,
          <Value key="log" of={log} as={shortLog} />,
          <Value key="gain" of={gain} as={percent} />,
        ]),
      }}
    >
      <Axis scale={scale} format={(log) => String(Number(log.toPrecision(6)))} height={HEIGHT} />
      {intervalMarks({ scale, gainRatio, height: HEIGHT })}
      {bins.map((count, bin) => {
        const [from, to] = [scale.low + bin * width, scale.low + (bin + 1) * width].map((log) =>
          Number.parseFloat(scale.at(log)),
        );
        const height = (count / most) * (HEIGHT - 24);
        return (
          <rect
            key={bin}
            class="bin"
            x={`${from}%`}
            width={`${(to ?? 0) - (from ?? 0)}%`}
            y={HEIGHT - height}
            height={height}
          />
        );
      })}
    </Picture>
  );
}

function binned(values: Float64Array, { low, high }: { readonly low: number; readonly high: number }) {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
