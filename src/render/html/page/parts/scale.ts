import { extentOf } from '../../../../stats/extent.ts';

/** From values to where they lie across a picture. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** As an SVG percentage of the picture's width, kept within it. */
  readonly at: (value: number) => string;
  /** Round values within the scale, about as many as were asked for. */
  readonly ticks: readonly number[];
}

/** So much stays free at either edge, percent of the width, for a label that is centred at its mark. */
const MARGIN = 4;

/**
 * A scale that shows all of the values.
 *
 * @param values at least one, finite
 */
export function scaleOver(values: readonly number[], ticks = 5): Scale {
  const { least, most } = extentOf(values);
  const spread = most > least ? most - least : Math.abs(most) || 1;
  const [low, high] = most > least ? [least, most] : [least - spread / 2, most + spread / 2];
  const across = 100 - 2 * MARGIN;
  const at = (value: number): string => {
    const part = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return `${(MARGIN + across * part).toFixed(3)}%`;
  };
  return { low, high, at, ticks: roundValues({ low, high }, ticks) };
}

/** Multiples of 1, 2 or 5 times a power of ten, about `count` of them. */
export function roundValues(
  { low, high }: { readonly low: number; readonly high: number },
  count: number,
): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((wide) => wide >= rough) ?? power * 10;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  // By whole multiples, since repeated addition drifts.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
