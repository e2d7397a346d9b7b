import type { Frame } from '../../profile/model.ts';

/** Numbers functions from 0 on, one that several threads know only once; `made` is called for each new one. */
export function frameNumbers(made: (frame: Frame) => void): (frame: Frame) => number {
  const byKey = new Map<string, number>();
  // A profile has each function once, and a stack names it often.
  const bySelf = new Map<Frame, number>();
  return (frame) => {
    const seen = bySelf.get(frame);
    if (seen !== undefined) return seen;
    const key = JSON.stringify(frame);
    const known = byKey.get(key);
    const number = known ?? byKey.size;
    byKey.set(key, number);
    bySelf.set(frame, number);
    if (known === undefined) made(frame);
    return number;
  };
}
