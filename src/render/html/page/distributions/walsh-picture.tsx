import type { JSX } from 'preact';
import type { BenchPair } from '../../../../compare/bench-report.ts';
import type { Estimate } from '../../../../stats/estimate.ts';
import { extentOf } from '../../../../stats/extent.ts';
import { countUpTo, type PairwiseSums, walshSums } from '../../../../stats/pairwise-order.ts';
import { interval, percent } from '../../../format.ts';
import { Axis } from '../parts/axis.tsx';
import { Value } from '../parts/figure-value.tsx';
import { Picture } from '../parts/picture.tsx';
import { intervalMarks, scaleOfLogs } from './interval-marks.tsx';
import { gainToLog, logsOf, shortLog } from './log-ratios.ts';

const HEIGHT = 140;
const BINS = 40;
/** A gain is a log that went through an exponential: what equals it may lie so far beside it. */
const FLOAT_ERROR = 1e-9;

/**
 * The Walsh averages, the means of every two log ratios: their median is the estimate, and the interval leaves out as
 * many at each end as the signed-rank test allows.
 */
export function WalshPicture(props: {
  readonly pairs: readonly BenchPair[];
  readonly gainRatio: Estimate;
}): JSX.Element {
  const { pairs, gainRatio } = props;
  const logs = logsOf(pairs);
  const sums = walshSums(logs);
  const { least, most: largest } = extentOf(logs);
  const scale = scaleOfLogs([least, largest], gainRatio);
  const bins = binned(sums, scale);
  const most = Math.max(...bins);
  const { point, low, high } = gainRatio;
  const width = (scale.high - scale.low) / BINS;
  const below = countUpTo(sums, gainToLog(high) - FLOAT_ERROR);
  return (
    <Picture
      title={`Walsh averages: the estimate is the median of ${sums.count}, ${below} left out at each end`}
      label={`${sums.count} means of two log ratios; their median is a gain of ${percent(point)}, ${interval(gainRatio, percent)}`}
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

/** How many sums lie in each of the bins, told by those up to each bin's end. */
function binned(sums: PairwiseSums, { low, high }: { readonly low: number; readonly high: number }) {
  const upTo = Array.from({ length: BINS + 1 }, (_, bin) =>
    bin === BINS ? sums.count : bin === 0 ? 0 : countUpTo(sums, low + (bin * (high - low)) / BINS),
  );
  return upTo.slice(1).map((count, bin) => count - (upTo[bin] ?? 0));
}
