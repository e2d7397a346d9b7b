import type { PageWindow } from '../../model.ts';

/** The window between two places, whichever comes first; null where there is nothing between them. */
export function windowBetween(oneMs: number, otherMs: number, spanMs: number): PageWindow | null {
  const within = (ms: number) => Math.min(spanMs, Math.max(0, ms));
  const [startMs, endMs] = [within(Math.min(oneMs, otherMs)), within(Math.max(oneMs, otherMs))];
  return endMs > startMs ? { startMs, endMs } : null;
}

export type Handle = 'start' | 'end';

/** Of the whole, by a key. */
const STEP = 0.01;
const LARGE_STEP = 0.1;

/** Where a key puts a handle, ms; null for a key that means nothing to a slider. */
export function handleAfterKey(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  atMs: number,
  spanMs: number,
): number | null {
  const step = spanMs * (shiftKey ? LARGE_STEP : STEP);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, atMs - step);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(spanMs, atMs + step);
    case 'PageDown':
      return Math.max(0, atMs - spanMs * LARGE_STEP);
    case 'PageUp':
      return Math.min(spanMs, atMs + spanMs * LARGE_STEP);
    case 'Home':
      return 0;
    case 'End':
      return spanMs;
    default:
      return null;
  }
}

/** The window after one of its handles was moved, which never passes the other; null where it is all of the span. */
export function withHandle(
  window: PageWindow,
  { handle, atMs, spanMs }: { readonly handle: Handle; readonly atMs: number; readonly spanMs: number },
): PageWindow | null {
  const least = spanMs * STEP;
  const { startMs, endMs } =
    handle === 'start'
      ? { startMs: Math.max(0, Math.min(atMs, window.endMs - least)), endMs: window.endMs }
      : { startMs: window.startMs, endMs: Math.min(spanMs, Math.max(atMs, window.startMs + least)) };
  return startMs <= 0 && endMs >= spanMs ? null : { startMs, endMs };
}
