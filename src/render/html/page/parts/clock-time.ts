import { amount } from './amounts.ts';

/** A place on the clock of a run, whose start is plain 0. */
export function clockTime(atMs: number): string {
  return atMs === 0 ? '0' : amount(atMs);
}
