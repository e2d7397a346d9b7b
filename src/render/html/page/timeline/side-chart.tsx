import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Timeline } from '../../../../compare/timeline.ts';
import type { PageRecording, PageWindow } from '../../model.ts';
import { useCanvas } from '../parts/use-canvas.ts';
import { windowBetween } from './brushing.ts';
import { laneTitle } from './facts.ts';
import { laneColours } from './lane-colours.ts';
import { type Lane, laneMaker } from './lanes.ts';
import { barTopPx, lanePlaces, paintLanes, paintWindow } from './paint-lanes.ts';
import { paintAxis, paintTitles } from './side-titles.ts';

/** A moment in a thread's life that is pointed at. */
export interface Moment {
  readonly lane: number;
  readonly atMs: number;
}

interface SideChartProps {
  /** What the picture shows, in a sentence. */
  readonly label: string;
  readonly timeline: Timeline;
  readonly recording: PageRecording | null;
  /** What the width stands for, from the run's start. */
  readonly spanMs: number;
  readonly window: PageWindow | null;
  readonly brush: (window: PageWindow | null) => void;
  readonly moment: Moment | null;
  readonly point: (moment: Moment | null) => void;
}

/** More threads than a canvas can be high for stand in the table alone. */
const MOST_LANES = 200;
/** Narrower drags are not meant as a window. */
const LEAST_BRUSH_PX = 4;
const CURSOR_STEP = 0.01;

/** The threads of one side on one clock. */
export function SideChart(props: SideChartProps): JSX.Element {
  const { label, timeline, spanMs, window, brush, moment, point } = props;
  const accounts = timeline.threads.slice(0, MOST_LANES);
  const places = lanePlaces(accounts.length);
  const heightPx = places.axisPx + accounts.length * places.lanePx;
  const lanes = useLanes(props);
  const from = useRef<number | null>(null);
  const [canvas] = useCanvas((surface) => {
    const { context, widthPx, style } = surface;
    paintAxis(surface, spanMs);
    const shown = {
      lanes: lanes(Math.max(1, Math.round(widthPx))),
      path: timeline.criticalPath,
      spanMs,
      widthPx,
    };
    paintLanes(context, shown, { places, colours: laneColours(surface) });
    if (window !== null) {
      const size = { window, spanMs, widthPx, heightPx };
      paintWindow(context, size, { veil: style('--timeline-veil'), edge: style('--text') });
    }
    paintTitles(surface, accounts.map(laneTitle), places);
    if (moment !== null) {
      context.fillStyle = style('--flame-match');
      context.fillRect(
        (moment.atMs / spanMs) * widthPx - 0.5,
        barTopPx(places, moment.lane),
        1.5,
        places.barPx,
      );
    }
    if (canvas.current !== null) canvas.current.dataset.lanes = String(shown.lanes.length);
  });
  const msAt = (event: PointerEvent) => (event.offsetX / (canvas.current?.clientWidth || 1)) * spanMs;
  const onPointerMove = (event: PointerEvent) => {
    const atMs = msAt(event);
    const lane = Math.floor((event.offsetY - places.axisPx) / places.lanePx);
    const inside = lane >= 0 && lane < accounts.length && atMs >= 0 && atMs <= spanMs;
    point(inside ? { lane, atMs } : null);
    const leastMs = (LEAST_BRUSH_PX / (canvas.current?.clientWidth || 1)) * spanMs;
    if (from.current !== null && Math.abs(atMs - from.current) >= leastMs) {
      brush(windowBetween(from.current, atMs, spanMs));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = momentAfterKey(event, moment ?? { lane: 0, atMs: 0 }, { lanes: accounts.length, spanMs });
    if (next === null) return;
    event.preventDefault();
    point(next);
  };
  return (
    <div
      class="timeline-chart"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is interactive
      tabIndex={0}
      role="application"
      aria-roledescription="timeline"
      aria-label={`${label}. Arrow keys go along a thread's time, and from thread to thread.`}
      onKeyDown={onKeyDown}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        style={{ height: `${heightPx}px` }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = msAt(event);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          from.current = null;
        }}
        onPointerCancel={() => {
          from.current = null;
        }}
        onPointerLeave={() => point(null)}
      />
    </div>
  );
}

/** The lanes in as many slices as there are pixels, computed when that number changes. */
function useLanes({ timeline, recording, spanMs }: SideChartProps): (count: number) => readonly Lane[] {
  const makers = useMemo(() => laneMakers(timeline, recording), [timeline, recording]);
  const made = useRef<{ of: readonly unknown[]; lanes: readonly Lane[] } | null>(null);
  return (count) => {
    const of = [makers, spanMs, count];
    if (made.current === null || made.current.of.some((part, index) => part !== of[index])) {
      made.current = { of, lanes: makers.map((laneIn) => laneIn({ startMs: 0, endMs: spanMs, count })) };
    }
    return made.current.lanes;
  };
}

function laneMakers(timeline: Timeline, recording: PageRecording | null) {
  const { frames, runMs } = recording ?? { frames: [], runMs: timeline.wallMs };
  return timeline.threads
    .slice(0, MOST_LANES)
    .map((account, index) =>
      laneMaker({ account, thread: recording?.threads[index] ?? null, frames, runMs }),
    );
}

function momentAfterKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent,
  { lane, atMs }: Moment,
  { lanes, spanMs }: { readonly lanes: number; readonly spanMs: number },
): Moment | null {
  if (ctrlKey || metaKey || altKey) return null;
  const stepMs = spanMs * CURSOR_STEP * (shiftKey ? 10 : 1);
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
