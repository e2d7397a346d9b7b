import { OutpaceError } from '../base/errors.ts';

/**
 * The input with `key=value` pairs laid over it; a value is JSON, or else a string.
 *
 * @throws OutpaceError USAGE where a pair has no key or no '=', or the configured input has keys, but not this one
 */
export function overrideInput(
  input: Readonly<Record<string, unknown>>,
  pairs: readonly string[],
): Record<string, unknown> {
  const known = Object.keys(input);
  const values = new Map(Object.entries(input));
  for (const pair of pairs) {
    const split = pair.indexOf('=');
    if (split < 1)
      throw new OutpaceError('USAGE', `--input expects key=value, found ${JSON.stringify(pair)}`);
    const key = pair.slice(0, split);
    if (known.length > 0 && !known.includes(key)) {
      const keys = known.map((name) => JSON.stringify(name)).join(', ');
      throw new OutpaceError('USAGE', `--input: the input has no ${JSON.stringify(key)}. Its keys: ${keys}`);
    }
    values.set(key, valueOf(pair.slice(split + 1)));
  }
  // fromEntries defines properties and never calls a setter: `__proto__` is a key like any other.
  return Object.fromEntries(values);
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
