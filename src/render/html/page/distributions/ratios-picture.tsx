import type { JSX } from 'preact';
import type { BenchPair } from '../../../../compare/bench-report.ts';
import type { Estimate } from '../../../../stats/estimate.ts';
import { extentOf } from '../../../../stats/extent.ts';
import { interval, percent } from '../../../format.ts';
import { Axis } from '../parts/axis.tsx';
import { Value } from '../parts/figure-value.tsx';
import { Picture } from '../parts/picture.tsx';
import { drawnPairs } from './drawn-pairs.ts';
import { intervalMarks, scaleOfLogs } from './interval-marks.tsx';
import { logsOf, logToGain, shortLog } from './log-ratios.ts';

const ROW = 9;

/** The log ratio of each pair, ln(after / before), in order from above; below 0 the pair was faster after. */
export function RatiosPicture(props: {
  readonly pairs: readonly BenchPair[];
  readonly gainRatio: Estimate;
}): JSX.Element {
  const { pairs, gainRatio } = props;
  const drawn = drawnPairs(pairs);
  const logs = logsOf(drawn);
  const { least, most } = extentOf(logsOf(pairs));
  const scale = scaleOfLogs([least, most], gainRatio);
  const height = Math.max(60, logs.length * ROW + 10);
  return (
    <Picture
      title="Each pair’s log ratio, ln(after / before)"
      label={`${pairs.length} log ratios from ${shortLog(least)} to ${shortLog(most)}; the estimate is a gain of ${percent(gainRatio.point)}, ${interval(gainRatio, percent)}`}
      height={height + 22}
      table={{
        columns: ['pair', 'ln(after / before)', 'gain'],
        rows: logs.map((log, index) => [
          String(drawn[index]?.number),
          <Value key="log" of={log} as={shortLog} />,
          <Value key="gain" of={logToGain(log)} as={percent} />,
        ]),
      }}
    >
      <Axis scale={scale} format={(log) => String(Number(log.toPrecision(6)))} height={height} />
      {intervalMarks({ scale, gainRatio, height })}
      {logs.map((log, index) => (
        <circle key={index} class="ratio" cx={scale.at(log)} cy={8 + index * ROW} r={3.5} />
      ))}
    </Picture>
  );
}
