import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { PageWindow } from '../../model.ts';
import { acrossOf } from '../parts/across.ts';
import { amount } from '../parts/amounts.ts';
import { clockTime } from '../parts/clock-time.ts';

interface OverviewProps {
  readonly whole: PageWindow;
  readonly range: PageWindow;
  readonly setRange: (range: PageWindow) => void;
  readonly children: JSX.Element;
}

/** A small picture of the whole with a frame around what is in sight, which can be dragged along it. */
export function Overview({ whole, range, setRange, children }: OverviewProps): JSX.Element {
  const strip = useRef<HTMLDivElement>(null);
  const wholeMs = whole.endMs - whole.startMs || 1;
  const percentOf = (ms: number) => `${((100 * ms) / wholeMs).toFixed(3)}%`;
  const centre = (event: PointerEvent) => {
    if (strip.current === null || event.buttons !== 1) return;
    const atMs = whole.startMs + acrossOf(strip.current, event) * wholeMs;
    const half = (range.endMs - range.startMs) / 2;
    setRange({ startMs: atMs - half, endMs: atMs + half });
  };
  const zoomed = range.startMs > whole.startMs || range.endMs < whole.endMs;
  return (
    <>
      <div
        class="flame-overview"
        aria-hidden="true"
        ref={strip}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          centre(event);
        }}
        onPointerMove={centre}
      >
        {children}
        <div
          class="flame-sight"
          style={{
            left: percentOf(range.startMs - whole.startMs),
            width: percentOf(range.endMs - range.startMs),
          }}
        />
      </div>
      <p class="flame-ticks">
        <span>{clockTime(range.startMs)}</span>
        {zoomed ? <span>{amount(range.endMs - range.startMs)} in sight</span> : null}
        <span>{amount(range.endMs)}</span>
      </p>
    </>
  );
}
