import { OutpaceError } from '../base/errors.ts';
import { type Config, overrideInput } from './config.ts';

/**
 * The input that `--quick` runs with: the configured one with `quick.input` laid over it.
 *
 * @throws OutpaceError MALFORMED_CONFIG for a key that the job's input does not have
 */
export function quickInput({ file, job, input, quick }: Config): Record<string, unknown> {
  const changes = quick.input ?? {};
  try {
    return overrideInput(input, changes);
  } catch (error) {
    if (!(error instanceof OutpaceError)) throw error;
    const known = Object.keys(input);
    const key = Object.keys(changes).find((one) => !known.includes(one));
    throw new OutpaceError(
      'MALFORMED_CONFIG',
      `${file}: quick.input.${key}: the input of the job ${job} has only ${known.join(', ')}`,
      { cause: error },
    );
  }
}
