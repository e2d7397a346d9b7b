import type { PageWindow } from '../../model.ts';

/** V8's clock tells no shorter time. */
const SHORTEST_MS = 0.001;

/** A part of a whole, moved and shortened so that it lies within; never shorter than a microsecond. */
export function within({ startMs, endMs }: PageWindow, whole: PageWindow): PageWindow {
  const wholeMs = whole.endMs - whole.startMs;
  const spanMs = Math.min(wholeMs, Math.max(SHORTEST_MS, endMs - startMs));
  const from = Math.min(Math.max(startMs, whole.startMs), whole.endMs - spanMs);
  return { startMs: from, endMs: from + spanMs };
}

/** A part that is so many times as long, with one place staying where it is seen. */
export function scaled(range: PageWindow, { factor, atMs }: { factor: number; atMs: number }): PageWindow {
  return {
    startMs: atMs - (atMs - range.startMs) * factor,
    endMs: atMs + (range.endMs - atMs) * factor,
  };
}

export function moved({ startMs, endMs }: PageWindow, byMs: number): PageWindow {
  return { startMs: startMs + byMs, endMs: endMs + byMs };
}

/** Moved as little as shows a box, or as much of it as there is room for. */
export function revealing(range: PageWindow, box: PageWindow): PageWindow {
  if (box.endMs > range.startMs && box.startMs < range.endMs) return range;
  return moved(range, box.startMs >= range.endMs ? box.endMs - range.endMs : box.startMs - range.startMs);
}

/** As it stands in a link: `10.5-20`; null where it is none. */
export function parseRange(text: string | undefined): PageWindow | null {
  const found = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text ?? '');
  const [startMs, endMs] = [Number(found?.[1]), Number(found?.[2])];
  return endMs > startMs && Number.isFinite(endMs) ? { startMs, endMs } : null;
}

export function rangeText({ startMs, endMs }: PageWindow): string {
  const plain = (ms: number) => String(Math.round(Math.max(0, ms) * 1e4) / 1e4);
  return `${plain(startMs)}-${plain(endMs)}`;
}
