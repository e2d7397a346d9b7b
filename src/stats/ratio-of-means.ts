/** ln(mean(after) / mean(before)) of paired values. */
export interface LogRatioOfMeans {
  readonly point: number;
  /** 0 for one pair, which shows no spread. */
  readonly standardError: number;
}

/**
 * The ratio of two means, on the log scale, with its standard error by linearization:
 * Var(ln(Ȳ/X̄)) ≈ s²(y/Ȳ − x/X̄) / n (Cochran, Sampling Techniques, 3rd ed., 2.11).
 *
 * @param pairs at least one; values above 0, any unit
 */
export function logRatioOfMeans(
  pairs: readonly { readonly before: number; readonly after: number }[],
): LogRatioOfMeans {
  const count = pairs.length;
  const meanBefore = pairs.reduce((sum, { before }) => sum + before / count, 0);
  const meanAfter = pairs.reduce((sum, { after }) => sum + after / count, 0);
  const squares = pairs.reduce(
    (sum, { before, after }) => sum + (after / meanAfter - before / meanBefore) ** 2,
    0,
  );
  return {
    point: Math.log(meanAfter / meanBefore),
    standardError: count > 1 ? Math.sqrt(squares / (count - 1) / count) : 0,
  };
}
