import * as v from 'valibot';

/** Durations in ms, sizes in bytes and ratios are smaller by far; of what is not larger, sums and quotients stay finite. */
const MOST = 1e18;
/** A millionth of a nanosecond, in ms. */
const LEAST = 1e-12;

/** Numbers as stored reports have them; typed by what they give, which keeps our declarations short. */
type NumberSchema = v.GenericSchema<number>;
export const quantity: NumberSchema = v.pipe(v.number(), v.finite(), v.minValue(-MOST), v.maxValue(MOST));
export const positive: NumberSchema = v.pipe(quantity, v.minValue(LEAST));
/** Such as a count, or a size in bytes. */
export const whole: NumberSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const nonNegative: NumberSchema = v.union(
  [v.literal(0), positive],
  'expected 0 or more, and no more than 1e18',
);
