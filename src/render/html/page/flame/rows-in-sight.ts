import type { Order } from './pictures.ts';

export const ROW_PX = 18;

/** Higher pictures scroll. */
const MOST_ROWS = { heavy: 28, time: 16 } satisfies Record<Order, number>;

/** How high the part of a picture is that is seen at once, px. */
export function sightHeightPx(order: Order, rows: number): number {
  return Math.min(MOST_ROWS[order], Math.max(1, rows)) * ROW_PX;
}

/** The rows that are seen, wholly or in part. */
export function rowsInSight(scrollPx: number, heightPx: number) {
  return { firstRow: Math.floor(scrollPx / ROW_PX), endRow: Math.ceil((scrollPx + heightPx) / ROW_PX) };
}

/** Scrolls as little as brings a row into sight. */
export function scrollToRow(scroller: HTMLElement | null, row: number): void {
  if (scroller === null) return;
  const [topPx, bottomPx] = [row * ROW_PX, (row + 1) * ROW_PX];
  const { scrollTop, clientHeight } = scroller;
  if (topPx < scrollTop) scroller.scrollTop = topPx;
  else if (bottomPx > scrollTop + clientHeight) scroller.scrollTop = bottomPx - clientHeight;
}
