import { MS_PER_S } from '../../../../base/units.ts';

/** A round value at a picture's axis, in the unit that suits it. */
export function shortTime(ms: number): string {
  if (ms === 0) return '0';
  const inSeconds = Math.abs(ms) >= MS_PER_S;
  return inSeconds ? `${Number((ms / MS_PER_S).toPrecision(6))} s` : `${Number(ms.toPrecision(6))} ms`;
}
