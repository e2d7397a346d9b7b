import { BYTES_PER_GIB, BYTES_PER_KIB, BYTES_PER_MIB } from '../base/units.ts';
import type { Comparison } from '../compare/comparison.ts';
import { adaptiveTime, percent, signedMilliseconds, timeSpan, whole } from './format.ts';

/** How figures of one unit are printed. A time is in ms; anything else is a number of its unit. */
export interface Amounts {
  plain(value: number): string;
  /** A difference, its sign always shown. */
  signed(value: number): string;
  span(low: number, high: number): string;
  /** What was added up, as a heading: `self time`, `self size`, `self samples`. */
  readonly self: string;
}

/** @param unit as of a `Measure` */
export function amountsIn(unit: string): Amounts {
  if (unit === 'time')
    return { plain: adaptiveTime, signed: signedMilliseconds, span: timeSpan, self: 'self time' };
  const plain = unit === 'bytes' ? sizeText : (value: number) => `${countText(value)} ${unit}`;
  return {
    plain,
    signed: (value) => (value > 0 ? '+' : '') + plain(value),
    span: (low, high) => `${plain(low)} to ${plain(high)}`,
    self: unit === 'bytes' ? 'self size' : `self ${unit}`,
  };
}

/** What the two sides took, for profiles that have no duration and so no gain. */
export function totalsText({ sampled, measure }: Comparison): string {
  const { beforeMs, afterMs, deltaMs } = sampled;
  const { plain, signed } = amountsIn(measure.unit);
  const share = beforeMs > 0 ? `, ${deltaMs > 0 ? '+' : ''}${percent(deltaMs / beforeMs, 1)}` : '';
  return `Total ${plain(beforeMs)} before, ${plain(afterMs)} after (${signed(deltaMs)}${share})`;
}

export const NO_GAIN = 'Efficiency gain: not available without the duration of both sides';
export const NOT_AVAILABLE = 'not available';

function sizeText(sizeBytes: number): string {
  const size = Math.abs(sizeBytes);
  if (size >= BYTES_PER_GIB) return `${(sizeBytes / BYTES_PER_GIB).toFixed(2)} GiB`;
  if (size >= BYTES_PER_MIB) return `${(sizeBytes / BYTES_PER_MIB).toFixed(2)} MiB`;
  if (size >= BYTES_PER_KIB) return `${(sizeBytes / BYTES_PER_KIB).toFixed(1)} KiB`;
  return `${countText(sizeBytes)} B`;
}

function countText(value: number): string {
  const rounded = Math.round(value);
  if (Math.abs(value - rounded) >= 1e-6 && Math.abs(value) < 1000) return value.toFixed(2);
  return rounded < 0 ? `-${whole(-rounded)}` : whole(rounded);
}
