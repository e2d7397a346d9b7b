/**
 * A measured quantity with its uncertainty, in the unit that the field holding it names.
 *
 * `confidenceLevel` is the level that the interval achieves, in [0, 1), not the one asked for. It is 0 where one
 * value alone was measured: then `low`, `high` and `point` are equal and nothing is known of the spread.
 */
export interface Estimate {
  readonly point: number;
  readonly low: number;
  readonly high: number;
  readonly confidenceLevel: number;
}
