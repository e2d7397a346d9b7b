/** A moment in a thread's life that is pointed at. */
export interface Moment {
  /** The thread's index within its side. */
  readonly lane: number;
  readonly atMs: number;
}

/** Of the whole, by a key. */
const STEP = 0.01;

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Where a key leads: along a thread's time, with Shift ten times as far, or to another thread; null for other keys. */
export function momentAfterKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: Key,
  { lane, atMs }: Moment,
  { lanes, spanMs }: { readonly lanes: number; readonly spanMs: number },
): Moment | null {
  if (ctrlKey || metaKey || altKey) return null;
  const stepMs = spanMs * STEP * (shiftKey ? 10 : 1);
  const place = (next: number) => ({ lane, atMs: Math.min(spanMs, Math.max(0, next)) });
  const thread = (next: number) => ({ lane: Math.min(lanes - 1, Math.max(0, next)), atMs });
  switch (key) {
    case 'ArrowLeft':
      return place(atMs - stepMs);
    case 'ArrowRight':
      return place(atMs + stepMs);
    case 'ArrowUp':
      return thread(lane - 1);
    case 'ArrowDown':
      return thread(lane + 1);
    default:
      return null;
  }
}
