/** What can go wrong in a way a user can act on, and the exit code each kind ends the process with. */
export type OutpaceErrorCode =
  | 'USAGE'
  | 'UNKNOWN_IMPLEMENTATION'
  | 'MALFORMED_CONFIG'
  | 'MALFORMED_INPUT'
  | 'MALFORMED_PROFILE'
  | 'MALFORMED_REPORT'
  | 'MISSING_REPORT'
  | 'MISSING_PACKAGE'
  | 'RUN_FAILED'
  | 'TOOL_FAILED'
  | 'TIME_LIMIT'
  | 'STORE_FAILED'
  | 'OUTPUT_NOT_COMPARABLE'
  | 'OUTPUTS_DIFFER'
  | 'INTERRUPTED';

export const EXIT_CODES = {
  USAGE: 1,
  UNKNOWN_IMPLEMENTATION: 1,
  MALFORMED_CONFIG: 1,
  MALFORMED_INPUT: 1,
  MALFORMED_PROFILE: 1,
  MALFORMED_REPORT: 1,
  MISSING_REPORT: 1,
  MISSING_PACKAGE: 1,
  RUN_FAILED: 1,
  TOOL_FAILED: 1,
  TIME_LIMIT: 1,
  STORE_FAILED: 1,
  OUTPUT_NOT_COMPARABLE: 1,
  OUTPUTS_DIFFER: 3,
  INTERRUPTED: 130,
} satisfies Record<OutpaceErrorCode, number>;

/** What anything but an `OutpaceError` ends the process with. */
export const BUG_EXIT_CODE = 1;

/** Whether a text is one of the codes above. */
export function isOutpaceErrorCode(text: string): text is OutpaceErrorCode {
  return Object.hasOwn(EXIT_CODES, text);
}

/** What a command that was asked to judge ends with, though nothing went wrong. */
export const JUDGED_EXIT_CODES = { REGRESSION: 2, INCONCLUSIVE: 4 } as const;

/** An error for the person who reads it: its message states facts. Anything else that is thrown is a bug. */
export class OutpaceError extends Error {
  readonly code: OutpaceErrorCode;

  constructor(code: OutpaceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutpaceError';
    this.code = code;
  }
}

/** The message of anything that can be thrown, strings and `undefined` included. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Whether something thrown is one of the system's errors of that code, such as `ENOENT`. */
export function isErrorCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
