import { OutpaceError } from '../base/errors.ts';
import { type Measure, TIMED } from '../profile/measure.ts';

/** A profile's file, and what is counted in it. */
export interface MeasuredFile {
  readonly file: string;
  readonly measure?: Measure;
}

/**
 * What files that are compared have in common.
 *
 * @throws OutpaceError USAGE where they count different things
 */
export function commonMeasure(files: readonly MeasuredFile[]): Measure {
  const [first, ...others] = files;
  if (first === undefined) return TIMED;
  const { unit } = measureOf(first);
  const other = others.find((one) => measureOf(one).unit !== unit);
  if (other !== undefined)
    throw new OutpaceError(
      'USAGE',
      `${first.file} counts ${unit} and ${other.file} counts ${measureOf(other).unit}: compare profiles of one unit`,
    );
  const all = files.map(measureOf);
  return {
    unit,
    isOrdered: all.every(({ isOrdered }) => isOrdered),
    hasThreads: all.every(({ hasThreads }) => hasThreads),
  };
}

function measureOf({ measure = TIMED }: MeasuredFile): Measure {
  return measure;
}
