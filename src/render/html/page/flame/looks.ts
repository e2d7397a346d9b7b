import type { PageFrame } from '../../model.ts';
import { signedAmount } from '../parts/amounts.ts';
import type { Lane } from '../timeline/lanes.ts';
import type { Slices } from '../timeline/shares.ts';
import { changeStrengths } from './difference.ts';
import { type Functions, shownFrame } from './functions.ts';
import { nameOf } from './names.ts';
import { colorOrigin, ORIGINS, SHADES, shadeOf } from './origins.ts';
import type { Picture } from './pictures.ts';

/** How strong a change is drawn, either way. */
export const LEVELS = 4;

/** The custom properties that boxes are filled with: of each origin its shades, then changes from much less to much more. */
export const FILLS: readonly string[] = [
  ...ORIGINS.flatMap((origin) => Array.from({ length: SHADES }, (_, shade) => `--flame-${origin}-${shade}`)),
  ...Array.from({ length: LEVELS }, (_, level) => `--flame-less-${LEVELS - level}`),
  '--flame-same',
  ...Array.from({ length: LEVELS }, (_, level) => `--flame-more-${level + 1}`),
];
const SAME = ORIGINS.length * SHADES + LEVELS;
/** Of the root, which is no function. */
const NEUTRAL = ORIGINS.indexOf('outpace') * SHADES;
const FIRST_IDLE = ORIGINS.indexOf('idle') * SHADES;

/** Whether a fill is that of idle, which is hollow. */
export function isHollow(fill: number): boolean {
  return fill >= FIRST_IDLE && fill < FIRST_IDLE + SHADES;
}

/** What a picture's nodes are filled with and called. */
export interface Look {
  /** Of a node, an index of `FILLS`. */
  readonly fillOf: (node: number) => number;
  readonly labelOf: (node: number) => string;
  readonly frameOf: (node: number) => PageFrame | null;
}

/** Changes below this part of the largest are drawn as none. */
const LEAST_STRENGTH = 0.005;

export function lookOf({ tree, side, times }: Picture, functions: Functions): Look {
  const frameOf = (node: number) => shownFrame(functions, tree.functions[node] ?? -1, side);
  const name = (node: number) => {
    const frame = frameOf(node);
    return node === 0 || frame === null ? 'all' : nameOf(frame);
  };
  if (times.before !== null && times.after !== null) {
    const [before, after] = [times.before.totals, times.after.totals];
    const strengths = changeStrengths(before, after);
    return {
      frameOf,
      fillOf: (node) => (isIdle(frameOf(node)) ? FIRST_IDLE : SAME + levelOf(strengths[node] ?? 0)),
      labelOf: (node) => {
        const sign = signOf(strengths[node] ?? 0);
        const changeMs = (after[node] ?? 0) - (before[node] ?? 0);
        return sign === '' ? name(node) : `${sign} ${name(node)} ${signedAmount(changeMs)}`;
      },
    };
  }
  const fills = Uint8Array.from({ length: functions.count }, (_, id) => {
    const frame = shownFrame(functions, id, side);
    return frame === null ? 0 : ORIGINS.indexOf(colorOrigin(frame)) * SHADES + shadeOf(frame);
  });
  const fillOf = (node: number) => (node === 0 ? NEUTRAL : (fills[tree.functions[node] ?? 0] ?? NEUTRAL));
  return { frameOf, labelOf: name, fillOf };
}

function isIdle(frame: PageFrame | null): boolean {
  return frame !== null && colorOrigin(frame) === 'idle';
}

/** From −4 to 4. The root brings out small changes, which the large ones of their callers would hide. */
function levelOf(strength: number): number {
  if (Math.abs(strength) < LEAST_STRENGTH) return 0;
  return Math.sign(strength) * Math.ceil(Math.sqrt(Math.abs(strength)) * LEVELS);
}

function signOf(strength: number): '' | '▲' | '▼' {
  if (Math.abs(strength) < LEAST_STRENGTH) return '';
  return strength > 0 ? '▲' : '▼';
}

/** A picture as it stands on the page. */
export interface ShownPicture {
  readonly title: string;
  /** What the thread of the picture did; null for what is of several, or where the kernel did not tell. */
  readonly laneIn: ((slices: Slices) => Lane) | null;
  readonly picture: Picture;
  readonly look: Look;
}
