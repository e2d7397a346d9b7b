import { serialize } from 'node:v8';
import { messageOf, OutpaceError } from '../base/errors.ts';
import type { RunRequest } from './child/messages.ts';

/**
 * A request as one line: JSON where that loses nothing, else what structured clone makes of it, in base64, so that an
 * input may hold dates, maps and typed arrays.
 *
 * @throws OutpaceError MALFORMED_CONFIG for an input that cannot be given to another process
 */
export function requestLine(request: RunRequest): string {
  if (isPlain(request.input, new Set())) return `${JSON.stringify(request)}\n`;
  try {
    return `${serialize(request).toString('base64')}\n`;
  } catch (error) {
    throw new OutpaceError(
      'MALFORMED_CONFIG',
      `the input cannot be given to another process: ${messageOf(error)}; input: expected plain values`,
      { cause: error },
    );
  }
}

/** Whether JSON gives back the same: not so for -0, a hole, `undefined`, or one object in two places. */
function isPlain(value: unknown, seen: Set<object>): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      return value === null || isPlainObject(value, seen);
    default:
      return false;
  }
}

function isPlainObject(value: object, seen: Set<object>): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  const keys = Reflect.ownKeys(value);
  if (Array.isArray(value)) {
    // One key for each element, and `length`: no hole, and no other property.
    return keys.length === value.length + 1 && value.every((item) => isPlain(item, seen));
  }
  return (
    Object.getPrototypeOf(value) === Object.prototype &&
    keys.every((key) => typeof key === 'string' && key !== 'toJSON' && isPlain(Reflect.get(value, key), seen))
  );
}
