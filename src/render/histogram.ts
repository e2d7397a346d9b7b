const BARS = ' ▁▂▃▄▅▆▇█';

export interface HistogramScale {
  readonly low: number;
  readonly high: number;
  /** Characters. */
  readonly width: number;
}

/** How values lie between two limits, a character a bin, its height by the number in it; the fullest bin is full. */
export function histogram(values: readonly number[], { low, high, width }: HistogramScale): string {
  const counts = Array.from({ length: width }, () => 0);
  for (const value of values) {
    const bin = high > low ? Math.floor(((value - low) / (high - low)) * width) : 0;
    const at = Math.min(width - 1, Math.max(0, bin));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  // Whatever is there is seen: one value among many is not nothing.
  return counts.map((count) => BARS[Math.ceil((count / most) * (BARS.length - 1))]).join('');
}
