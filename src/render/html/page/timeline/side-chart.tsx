import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Timeline } from '../../../../compare/timeline.ts';
import { adaptiveTime } from '../../../format.ts';
import type { PageRecording, PageWindow } from '../../model.ts';
import { fitLabel } from '../flame/labels.ts';
import { patterned } from '../parts/patterns.ts';
import { roundValues } from '../parts/scale.ts';
import { type Surface, useCanvas } from '../parts/use-canvas.ts';
import { windowBetween } from './brushing.ts';
import { laneTitle } from './facts.ts';
import { type Lane, laneOf } from './lanes.ts';
import {
  barTopPx,
  type LaneColours,
  type LanePlaces,
  lanePlaces,
  paintLanes,
  paintWindow,
} from './paint-lanes.ts';
import type { Slices } from './shares.ts';

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
    paintLanes(context, shown, { places, colours: coloursOf(surface) });
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
  const made = useRef<{ of: readonly unknown[]; lanes: readonly Lane[] } | null>(null);
  return (count) => {
    const of = [timeline, recording, spanMs, count];
    if (made.current === null || made.current.of.some((part, index) => part !== of[index])) {
      made.current = { of, lanes: lanesOf(timeline, recording, { spanMs, count }) };
    }
    return made.current.lanes;
  };
}

function lanesOf(timeline: Timeline, recording: PageRecording | null, slices: Slices): Lane[] {
  return timeline.threads.slice(0, MOST_LANES).map((account, index) => {
    const { frames, runMs } = recording ?? { frames: [], runMs: timeline.wallMs };
    return laneOf({ account, thread: recording?.threads[index] ?? null, frames, runMs }, slices);
  });
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

function coloursOf({ context, style }: Surface): LaneColours {
  const [work, wait] = [style('--timeline-work'), style('--timeline-wait')];
  return {
    fills: {
      working: work,
      collecting: patterned(context, { kind: 'stripes', colour: work, ground: style('--timeline-collect') }),
      queued: patterned(context, { kind: 'dots', colour: style('--timeline-queue'), ground: null }),
      waiting: patterned(context, { kind: 'hatch', colour: wait, ground: null }),
      idle: 'transparent',
    },
    outline: wait,
    path: style('--text'),
  };
}

function paintAxis({ context, widthPx, heightPx, style }: Surface, spanMs: number): void {
  context.font = style('font');
  context.textBaseline = 'middle';
  const ticks = roundValues({ low: 0, high: spanMs }, Math.max(2, Math.floor(widthPx / 120)));
  for (const tick of ticks) {
    const xPx = (tick / spanMs) * widthPx;
    context.fillStyle = style('--grid');
    context.fillRect(xPx, 0, 1, heightPx);
    context.fillStyle = style('--muted');
    const label = tick === 0 ? '0' : adaptiveTime(tick);
    if (xPx + context.measureText(label).width + 4 < widthPx) context.fillText(label, xPx + 4, 8);
  }
}

function paintTitles(
  { context, widthPx, style }: Surface,
  titles: readonly string[],
  places: LanePlaces,
): void {
  context.font = style('font');
  context.textBaseline = 'middle';
  context.fillStyle = style('--text');
  const measure = {
    letterPx: context.measureText('m').width,
    widthOf: (text: string) => context.measureText(text).width,
  };
  for (const [lane, title] of titles.entries()) {
    context.fillText(
      fitLabel(title, widthPx - 4, measure),
      2,
      barTopPx(places, lane) - places.namePx / 2 - 1,
    );
  }
}
