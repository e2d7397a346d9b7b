import { atomText, isLongText, isObject } from './atom-text.ts';
import type { Shape } from './shape-parts.ts';

/** An object on the way to a part, and which of its parts the way goes to. */
export interface Step {
  readonly shape: Shape;
  readonly part: number;
}

/** So many steps from each end are written out. */
const SHOWN_STEPS = 16;

/** A path as a person would write it in code: `$.items[3].callback`. */
export function pathTo(steps: readonly Step[]): string {
  if (steps.length <= 2 * SHOWN_STEPS) return `$${steps.map(stepText).join('')}`;
  const [first, last] = [steps.slice(0, SHOWN_STEPS), steps.slice(-SHOWN_STEPS)];
  const left = steps.length - 2 * SHOWN_STEPS;
  return `$${first.map(stepText).join('')}…(${left} more)…${last.map(stepText).join('')}`;
}

function stepText({ shape: { items, order, labels }, part }: Step): string {
  if (part >= items.length) return labels[part - items.length] ?? '';
  if (order === 'list') return `[${part}]`;
  if (order === 'set') return `.values()[${part}]`;
  const [index, key] = [part >> 1, items[part & ~1]];
  if (part % 2 === 0) return `.keys()[${index}]`;
  return isObject(key) || isLongText(key) ? `.values()[${index}]` : `.get(${atomText(key)})`;
}
