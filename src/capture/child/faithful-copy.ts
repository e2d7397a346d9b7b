import { copyOf, isDeeplyEqual } from './captured.ts';

/**
 * A copy of the input that repetitions get copies of.
 *
 * @throws TypeError where no copy of it can be made
 */
export function faithfulCopy(input: unknown): unknown {
  const advice =
    'steady mode gives each repetition a fresh copy of the input. Keep what setup prepares in a variable of the module, or measure with --mode cold';
  let copy: unknown;
  try {
    copy = copyOf(input);
  } catch (error) {
    throw new TypeError(`setup left something in the input that cannot be copied, and ${advice}`, {
      cause: error,
    });
  }
  if (!isDeeplyEqual(copy, input)) {
    throw new TypeError(`setup left something in the input whose copy is not the same, and ${advice}`);
  }
  return copy;
}
