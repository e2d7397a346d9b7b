import type { JSX } from 'preact';
import type { PageWindow } from '../../model.ts';
import type { Box } from './chart.ts';
import { ROW_PX } from './rows-in-sight.ts';

interface RingProps {
  readonly box: Box | null;
  readonly kind: 'hovered' | 'selected';
  readonly range: PageWindow;
}

/** A frame around a box, over the picture, which need not be painted anew for it; never too narrow to be seen. */
export function Ring({ box, kind, range }: RingProps): JSX.Element | null {
  if (box === null || box.endMs <= range.startMs || box.startMs >= range.endMs) return null;
  const percentOf = (ms: number) =>
    Math.min(100, Math.max(0, (100 * (ms - range.startMs)) / (range.endMs - range.startMs)));
  const [left, right] = [percentOf(box.startMs), percentOf(box.endMs)];
  const place = { top: `${box.row * ROW_PX}px`, left: `${left}%`, width: `${right - left}%` };
  return <div class={`flame-ring flame-${kind}`} style={{ ...place, height: `${ROW_PX - 1}px` }} />;
}
