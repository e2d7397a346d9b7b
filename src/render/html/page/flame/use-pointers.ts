import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PageWindow } from '../../model.ts';
import { moved, scaled } from './range.ts';

interface Pointers {
  readonly range: PageWindow;
  readonly setRange: (range: PageWindow) => void;
  readonly whole: PageWindow;
  /** Whether the wheel alone zooms, and not with Ctrl only. */
  readonly wheelZooms: boolean;
  readonly moved: (xPx: number, yPx: number) => void;
  readonly left: () => void;
  readonly clicked: (xPx: number, yPx: number) => void;
  readonly scrolled: (byPx: number) => void;
}

/** A pointer that moved less was not dragged. */
const CLICK_PX = 4;
const LINE_PX = 16;
const ZOOM_PER_PX = 0.002;

/** Mouse, pen, fingers and wheel on a canvas: one moves it, two zoom, and one that rests is a click. */
export function usePointers(canvas: RefObject<HTMLCanvasElement | null>, pointers: Pointers): void {
  const latest = useRef(pointers);
  latest.current = pointers;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const gesture = new Gesture(element, () => latest.current);
    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener('pointerdown', (event) => gesture.down(event), { signal });
    element.addEventListener('pointermove', (event) => gesture.move(event), { signal });
    element.addEventListener('pointerup', (event) => gesture.up(event, true), { signal });
    element.addEventListener('pointercancel', (event) => gesture.up(event, false), { signal });
    element.addEventListener('pointerleave', () => latest.current.left(), { signal });
    // It must be able to keep the page from scrolling.
    element.addEventListener('wheel', (event) => gesture.wheel(event), { signal, passive: false });
    return () => listening.abort();
  }, [canvas]);
}

class Gesture {
  readonly #element: HTMLCanvasElement;
  readonly #latest: () => Pointers;
  readonly #down = new Map<number, { xPx: number; yPx: number }>();
  #dragged = false;
  #from = { xPx: 0, yPx: 0 };

  constructor(element: HTMLCanvasElement, latest: () => Pointers) {
    this.#element = element;
    this.#latest = latest;
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#element.setPointerCapture(event.pointerId);
    if (this.#down.size === 0) {
      this.#dragged = false;
      this.#from = placeOf(event);
    }
    this.#down.set(event.pointerId, placeOf(event));
  }

  move(event: PointerEvent): void {
    const now = placeOf(event);
    const before = this.#down.get(event.pointerId);
    if (before === undefined) {
      this.#latest().moved(now.xPx, now.yPx);
      return;
    }
    const fromStart = Math.hypot(now.xPx - this.#from.xPx, now.yPx - this.#from.yPx);
    if (this.#down.size > 1 || fromStart >= CLICK_PX) this.#dragged = true;
    if (!this.#dragged) return;
    const others = [...this.#down].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    this.#down.set(event.pointerId, now);
    const { range, setRange, scrolled } = this.#latest();
    const msPerPx = this.#msPerPx();
    const [other] = others;
    if (other === undefined) {
      setRange(moved(range, (before.xPx - now.xPx) * msPerPx));
      if (event.pointerType === 'mouse') scrolled(before.yPx - now.yPx);
      return;
    }
    const [old, apart] = [Math.abs(before.xPx - other.xPx), Math.abs(now.xPx - other.xPx)];
    if (old < 1 || apart < 1) return;
    setRange(scaled(range, { factor: old / apart, atMs: range.startMs + other.xPx * msPerPx }));
  }

  up(event: PointerEvent, done: boolean): void {
    const place = this.#down.get(event.pointerId);
    this.#down.delete(event.pointerId);
    if (done && place !== undefined && !this.#dragged) this.#latest().clicked(place.xPx, place.yPx);
  }

  wheel(event: WheelEvent): void {
    const { range, setRange, whole, wheelZooms } = this.#latest();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PX;
    const [acrossPx, alongPx] = [event.deltaX * unit, event.deltaY * unit];
    const msPerPx = this.#msPerPx();
    const isWhole = range.startMs <= whole.startMs && range.endMs >= whole.endMs;
    if (Math.abs(acrossPx) > Math.abs(alongPx) || event.shiftKey) {
      if (isWhole) return;
      event.preventDefault();
      setRange(moved(range, (acrossPx || alongPx) * msPerPx));
      return;
    }
    const zooms = event.ctrlKey || event.metaKey;
    // Nothing is left to zoom out to: the page scrolls on.
    if (!zooms && (!wheelZooms || (isWhole && alongPx > 0))) return;
    event.preventDefault();
    const atMs = range.startMs + placeOf(event).xPx * msPerPx;
    setRange(scaled(range, { factor: Math.exp(alongPx * ZOOM_PER_PX), atMs }));
  }

  #msPerPx(): number {
    const { range } = this.#latest();
    return (range.endMs - range.startMs) / (this.#element.clientWidth || 1);
  }
}

function placeOf({ offsetX, offsetY }: MouseEvent): { xPx: number; yPx: number } {
  return { xPx: offsetX, yPx: offsetY };
}
