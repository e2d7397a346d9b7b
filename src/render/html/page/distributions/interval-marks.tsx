import type { JSX } from 'preact';
import type { Estimate } from '../../../../stats/estimate.ts';
import { type Scale, scaleOver } from '../parts/scale.ts';
import { gainToLog } from './log-ratios.ts';

/** A scale for log ratios with the estimate, its interval and no difference on it. */
export function scaleOfLogs(logs: readonly number[], { point, low, high }: Estimate): Scale {
  return scaleOver([0, ...logs, ...[point, low, high].map(gainToLog)], 5);
}

interface IntervalMarksProps {
  readonly scale: Scale;
  readonly gainRatio: Estimate;
  readonly height: number;
}

/** The interval as a band, the estimate as a line, no difference as a broken one. */
export function intervalMarks({ scale, gainRatio, height }: IntervalMarksProps): JSX.Element {
  // A larger gain is a smaller ratio.
  const [from, to, point] = [gainRatio.high, gainRatio.low, gainRatio.point].map(gainToLog);
  const [left, right] = [scale.at(from ?? 0), scale.at(to ?? 0)];
  const width = Number.parseFloat(right) - Number.parseFloat(left);
  return (
    <g>
      <rect class="interval-band" x={left} width={`${width}%`} y={0} height={height} />
      <line class="estimate-line" x1={scale.at(point ?? 0)} x2={scale.at(point ?? 0)} y1={0} y2={height} />
      <line class="zero-line" x1={scale.at(0)} x2={scale.at(0)} y1={0} y2={height} />
    </g>
  );
}
