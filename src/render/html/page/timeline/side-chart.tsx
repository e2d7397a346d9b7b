import type { JSX, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { Timeline } from '../../../../compare/timeline.ts';
import type { PageRecording, PageWindow } from '../../model.ts';
import { useCanvas } from '../parts/use-canvas.ts';
import { windowBetween } from './brushing.ts';
import { type Moment, momentAfterKey } from './moments.ts';
import { type LanePlaces, lanePlaces } from './paint-lanes.ts';
import { paintSide } from './paint-side.ts';
import { MOST_LANES, useLanes } from './use-lanes.ts';

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

/** The threads of one side on one clock. */
export function SideChart(props: SideChartProps): JSX.Element {
  const { label, timeline, spanMs, window, moment, point } = props;
  const count = Math.min(timeline.threads.length, MOST_LANES);
  const places = lanePlaces(count);
  const lanesIn = useLanes(props);
  const [canvas] = useCanvas(
    (surface) => {
      const lanes = lanesIn(Math.max(1, Math.round(surface.widthPx)));
      paintSide(surface, { lanes, timeline, spanMs, window, moment, places });
      if (canvas.current !== null) canvas.current.dataset.lanes = String(lanes.length);
    },
    [timeline, props.recording, spanMs, window, moment],
  );
  const pointers = usePointing(canvas, { ...props, count, places });
  return (
    <div
      class="timeline-chart"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is interactive
      tabIndex={0}
      role="application"
      aria-roledescription="timeline"
      aria-label={`${label}. Arrow keys go along a thread's time, and from thread to thread.`}
      onKeyDown={(event) => {
        const next = momentAfterKey(event, moment ?? { lane: 0, atMs: 0 }, { lanes: count, spanMs });
        if (next === null) return;
        event.preventDefault();
        point(next);
      }}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        style={{ height: `${places.axisPx + count * places.lanePx}px` }}
        {...pointers}
      />
    </div>
  );
}

/** Narrower drags are not meant as a window. */
const LEAST_BRUSH_PX = 4;

interface Pointing extends Pick<SideChartProps, 'spanMs' | 'brush' | 'point'> {
  readonly count: number;
  readonly places: LanePlaces;
}

/** A pointer tells the moment that it is at; dragged, it chooses the part of the runs that it went over. */
function usePointing(
  canvas: RefObject<HTMLCanvasElement | null>,
  { spanMs, brush, point, count, places }: Pointing,
) {
  const from = useRef<number | null>(null);
  const msPerPx = () => spanMs / (canvas.current?.clientWidth || 1);
  const end = () => {
    from.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      canvas.current?.setPointerCapture(event.pointerId);
      from.current = event.offsetX * msPerPx();
    },
    onPointerMove: ({ offsetX, offsetY }: PointerEvent) => {
      const atMs = offsetX * msPerPx();
      const lane = Math.floor((offsetY - places.axisPx) / places.lanePx);
      const inside = lane >= 0 && lane < count && atMs >= 0 && atMs <= spanMs;
      point(inside ? { lane, atMs } : null);
      if (from.current === null || Math.abs(atMs - from.current) < LEAST_BRUSH_PX * msPerPx()) return;
      brush(windowBetween(from.current, atMs, spanMs));
    },
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: () => point(null),
  };
}
