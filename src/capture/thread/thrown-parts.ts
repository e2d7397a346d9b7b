import { inspect } from 'node:util';
import { isOutpaceErrorCode, OutpaceError } from '../../base/errors.ts';
import type { ThrownParts } from './messages.ts';

export function partsOf(thrown: unknown): ThrownParts {
  if (!(thrown instanceof Error))
    return {
      code: null,
      message: typeof thrown === 'string' ? thrown : inspect(thrown),
      stack: null,
      cause: null,
    };
  return {
    code: thrown instanceof OutpaceError ? thrown.code : null,
    message: thrown.message,
    stack: thrown.stack ?? null,
    cause: thrown.cause === undefined ? null : partsOf(thrown.cause),
  };
}

export function errorOf({ code, message, stack, cause }: ThrownParts): Error {
  const options = cause === null ? {} : { cause: errorOf(cause) };
  const error =
    code !== null && isOutpaceErrorCode(code)
      ? new OutpaceError(code, message, options)
      : new Error(message, options);
  if (stack !== null) error.stack = stack;
  return error;
}
