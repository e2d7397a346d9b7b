/** What the values of a file count, and what else it can tell besides. */
export interface Measure {
  /** `time`, `bytes`, or the plural name of what is counted, such as `samples`. */
  readonly unit: string;
  /** Whether samples are in the order of time and on one clock; without it there is no duration and no timeline. */
  readonly isOrdered: boolean;
  /** Whether the file says which thread each stack belongs to. */
  readonly hasThreads: boolean;
}

/** What V8's profiles and traces tell. */
export const TIMED: Measure = { unit: 'time', isOrdered: true, hasThreads: true };

/**
 * What one byte, or one of anything else that is not time, takes in a profile's columns, which hold µs otherwise. So
 * it takes 1 in every figure that holds ms otherwise.
 */
export const COLUMN_PER_UNIT = 1000;

/** How many µs, or thousandths of any other unit, a time unit or a size unit has; null for a unit that is neither. */
export function scaleOf(unit: string): { readonly unit: 'time' | 'bytes'; readonly scale: number } | null {
  const name = unit.toLowerCase();
  const us = US_PER_TIME_UNIT.get(name);
  if (us !== undefined) return { unit: 'time', scale: us };
  const bytes = BYTES_PER_UNIT.get(name);
  return bytes === undefined ? null : { unit: 'bytes', scale: bytes * COLUMN_PER_UNIT };
}

const US_PER_TIME_UNIT = new Map(
  [
    { names: ['nanoseconds', 'nanosecond', 'ns'], us: 1 / 1000 },
    { names: ['microseconds', 'microsecond', 'us', 'µs'], us: 1 },
    { names: ['milliseconds', 'millisecond', 'ms'], us: 1000 },
    { names: ['seconds', 'second', 's', 'sec'], us: 1e6 },
    { names: ['minutes', 'minute', 'min'], us: 60e6 },
    { names: ['hours', 'hour', 'h', 'hrs'], us: 3600e6 },
  ].flatMap(({ names, us }) => names.map((name) => [name, us] as const)),
);

const BYTES_PER_UNIT = new Map(
  [
    { names: ['bytes', 'byte', 'b'], bytes: 1 },
    { names: ['kilobytes', 'kilobyte', 'kb', 'kib'], bytes: 1024 },
    { names: ['megabytes', 'megabyte', 'mb', 'mib'], bytes: 1024 ** 2 },
    { names: ['gigabytes', 'gigabyte', 'gb', 'gib'], bytes: 1024 ** 3 },
  ].flatMap(({ names, bytes }) => names.map((name) => [name, bytes] as const)),
);
