import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { adaptiveTime, timeSpan } from '../../../format.ts';
import type { PageWindow } from '../../model.ts';
import { acrossOf } from '../parts/across.ts';
import { clockTime } from '../parts/clock-time.ts';
import { type Handle, handleAfterKey, windowBetween, withHandle } from './brushing.ts';

interface BrushProps {
  readonly spanMs: number;
  readonly window: PageWindow | null;
  readonly change: (window: PageWindow | null) => void;
}

/** A strip with two handles that choose the part of the runs which all views show. */
export function Brush({ spanMs, window, change }: BrushProps): JSX.Element {
  const strip = useRef<HTMLDivElement>(null);
  const from = useRef<number | null>(null);
  const shown = window ?? { startMs: 0, endMs: spanMs };
  const percentOf = (ms: number) =>
    `${((100 * Math.min(spanMs, Math.max(0, ms))) / (spanMs || 1)).toFixed(3)}%`;
  const msAt = (event: PointerEvent) =>
    strip.current === null ? 0 : acrossOf(strip.current, event) * spanMs;
  const handle = (name: Handle) => (
    <BrushHandle
      title={name === 'start' ? 'Start of the part shown' : 'End of the part shown'}
      atMs={Math.min(spanMs, name === 'start' ? shown.startMs : shown.endMs)}
      left={percentOf(name === 'start' ? shown.startMs : shown.endMs)}
      {...{ spanMs, msAt }}
      move={(atMs) => change(withHandle(shown, { handle: name, atMs, spanMs }))}
    />
  );
  return (
    <div class="brush-row">
      <div
        class="brush"
        ref={strip}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = msAt(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1 && from.current !== null) {
            change(windowBetween(from.current, msAt(event), spanMs));
          }
        }}
      >
        <div
          class="brush-part"
          style={{ left: percentOf(shown.startMs), width: percentOf(shown.endMs - shown.startMs) }}
        />
        {handle('start')}
        {handle('end')}
      </div>
      <p class="brush-said">
        <output>
          {window === null
            ? 'All views show the whole runs. Drag here or in a picture to choose a part of them.'
            : `All views show ${timeSpan(window.startMs, window.endMs)} of each run (${adaptiveTime(window.endMs - window.startMs)}).`}
        </output>{' '}
        {window === null ? null : (
          <button type="button" class="button" onClick={() => change(null)}>
            Clear
          </button>
        )}
      </p>
    </div>
  );
}

interface HandleProps {
  readonly title: string;
  readonly atMs: number;
  readonly left: string;
  readonly spanMs: number;
  readonly msAt: (event: PointerEvent) => number;
  readonly move: (atMs: number) => void;
}

function BrushHandle({ title, atMs, left, spanMs, msAt, move }: HandleProps): JSX.Element {
  return (
    <div
      class="brush-handle"
      role="slider"
      tabIndex={0}
      aria-label={title}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={spanMs}
      aria-valuenow={atMs}
      aria-valuetext={clockTime(atMs)}
      style={{ left }}
      onKeyDown={(event) => {
        const next = handleAfterKey(event, atMs, spanMs);
        if (next === null) return;
        event.preventDefault();
        move(next);
      }}
      onPointerDown={(event) => {
        // The strip would begin a new part.
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.buttons !== 1) return;
        event.stopPropagation();
        move(msAt(event));
      }}
    />
  );
}
