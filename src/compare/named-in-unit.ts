import type { Measure } from '../profile/measure.ts';

/** What is a time in any profile, or not known. */
const TIMES = new Set(['wallMs', 'cpuMs']);

/**
 * A document as it is written: where its figures are not times, the names that end in `Ms` end in their unit instead,
 * `Bytes`, or `Count` for anything that is counted.
 */
export function namedInUnit(document: unknown, { unit }: Measure): unknown {
  if (unit === 'time') return document;
  const ending = unit === 'bytes' ? 'Bytes' : 'Count';
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        TIMES.has(key) ? key : key.replace(/Ms$/, ending),
        renamed(one),
      ]),
    );
  };
  return renamed(document);
}
