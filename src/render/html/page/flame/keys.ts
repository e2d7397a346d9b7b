import type { PageWindow } from '../../model.ts';
import { type Box, type Chart, type Direction, neighbour, rootOf } from './chart.ts';
import { scaled } from './range.ts';

export type KeyAction =
  | { readonly kind: 'select'; readonly box: Box }
  | { readonly kind: 'zoom'; readonly range: PageWindow }
  | { readonly kind: 'copy' };

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'parent',
  ArrowDown: 'child',
  ArrowLeft: 'previous',
  ArrowRight: 'next',
};

const ZOOMS: Readonly<Record<string, number>> = { '+': 0.5, '=': 0.5, '-': 2, '−': 2 };

interface Keyed {
  readonly chart: Chart;
  readonly selected: Box | null;
  readonly range: PageWindow;
  readonly whole: PageWindow;
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a key means in a flame graph; null for what it leaves to the browser. The first arrow goes to the root. */
export function keyAction(
  { key, ctrlKey, metaKey, altKey }: Key,
  { chart, selected, range, whole }: Keyed,
): KeyAction | null {
  if (ctrlKey || metaKey || altKey) return null;
  const direction = DIRECTIONS[key];
  if (direction !== undefined || key === 'Home') {
    const start =
      selected === null || direction === undefined ? rootOf(chart) : neighbour(chart, selected, direction);
    const box = start ?? selected;
    return box === null ? null : { kind: 'select', box };
  }
  const factor = ZOOMS[key];
  if (factor !== undefined) {
    const { startMs, endMs } = selected ?? range;
    const middle = (Math.max(startMs, range.startMs) + Math.min(endMs, range.endMs)) / 2;
    return { kind: 'zoom', range: scaled(range, { factor, atMs: middle }) };
  }
  if (key === 'Enter' && selected !== null) return { kind: 'zoom', range: selected };
  const zoomed = range.startMs > whole.startMs || range.endMs < whole.endMs;
  if (key === 'Escape' && zoomed) return { kind: 'zoom', range: whole };
  return key.toLowerCase() === 'c' && selected !== null ? { kind: 'copy' } : null;
}
