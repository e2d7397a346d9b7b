import { percentFigure } from '../base/percent.ts';
import { BYTES_PER_MIB, MS_PER_S, NS_PER_MS, US_PER_MS } from '../base/units.ts';
import type { Estimate } from '../stats/estimate.ts';

export function seconds(durationMs: number, digits = 3): string {
  return `${(durationMs / MS_PER_S).toFixed(digits)} s`;
}

/** In the unit that gives it one to three digits before the point: s, ms, µs or ns. */
export function adaptiveTime(durationMs: number): string {
  const sizeMs = Math.abs(durationMs);
  if (sizeMs >= MS_PER_S) return seconds(durationMs);
  if (sizeMs >= 1) return `${durationMs.toFixed(2)} ms`;
  if (sizeMs * US_PER_MS >= 1 || sizeMs === 0) return `${(durationMs * US_PER_MS).toFixed(2)} µs`;
  return `${(durationMs * NS_PER_MS).toFixed(2)} ns`;
}

export function milliseconds(durationMs: number | null): string {
  return durationMs === null ? 'not known' : `${durationMs.toFixed(1)} ms`;
}

/** Both ends of a span in one unit. */
export function timeSpan(lowMs: number, highMs: number): string {
  const inSeconds = Math.max(Math.abs(lowMs), Math.abs(highMs)) >= MS_PER_S;
  const text = (ms: number) => (inSeconds ? (ms / MS_PER_S).toFixed(3) : ms.toFixed(1));
  return `${text(lowMs)} to ${text(highMs)} ${inSeconds ? 's' : 'ms'}`;
}

/** A difference, its sign always shown. */
export function signedMilliseconds(differenceMs: number): string {
  return `${differenceMs > 0 ? '+' : ''}${differenceMs.toFixed(1)} ms`;
}

export function mebibytes(sizeBytes: number): string {
  return `${(sizeBytes / BYTES_PER_MIB).toFixed(1)} MiB`;
}

/** With separators between thousands; a dash for what is not known. */
export function whole(count: number | null): string {
  // Not by Intl, whose data take longer to load than everything else of a comparison.
  return count === null ? '-' : String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Keeps the end, which of a path or a `file:line(function)` tells most, in at most `width` characters. */
export function fitted(text: string, width: number): string {
  return text.length <= width ? text.padEnd(width) : `…${text.slice(text.length - width + 1)}`;
}

export function percent(ratio: number, digits = 2): string {
  return `${percentFigure(ratio, digits)} %`;
}

/**
 * A confidence level below 1 as it is printed everywhere: rounded down to a tenth of a percent, so that no more is
 * claimed than holds, and never `100 %`. 0.95 is `95 %`.
 */
export function confidence(level: number): string {
  // 0.57 × 1000 is 569.9999…
  return `${Math.min(999, Math.floor(level * 1000 + 1e-6)) / 10} %`;
}

/**
 * The interval of an estimate and its confidence, or that there is none.
 *
 * @param claimedLevel what holds over all looks, printed instead of the higher level of a look; by default, the estimate's
 *   own, which is the right one if it was looked at once
 */
export function interval(
  { low, high, confidenceLevel }: Estimate,
  format: (value: number) => string,
  claimedLevel = confidenceLevel,
): string {
  if (confidenceLevel === 0) return 'no interval from one run';
  const level = Math.min(claimedLevel, confidenceLevel);
  return `${format(low)} to ${format(high)}, ${confidence(level)} confidence`;
}

/** A difference of two ratios in percentage points, its sign always shown. */
export function points(ratio: number): string {
  return `${ratio > 0 ? '+' : ''}${(100 * ratio).toFixed(1)} points`;
}

/** A function as a person looks for it: `file:line(name)`. */
export function placeOf({
  name,
  file,
  line,
}: {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}): string {
  const shown = name === '' ? '(anonymous)' : name;
  return file === '' ? shown : `${shortFile(file)}:${line}(${shown})`;
}

/** A file without its folders; of an `index.js`, which any package has, those that tell it from others. */
export function shortFile(file: string): string {
  const parts = file.split('/');
  const base = parts.at(-1) ?? '';
  if (!/^index\.[cm]?[jt]sx?$/.test(base)) return base;
  const packages = parts.lastIndexOf('node_modules');
  return parts.slice(packages === -1 ? -2 : packages + 1).join('/');
}
