import type { Timeline } from '../../../../compare/timeline.ts';
import type { PageWindow } from '../../model.ts';
import { fitLabel } from '../flame/labels.ts';
import { clockTime } from '../parts/clock-time.ts';
import { roundValues } from '../parts/scale.ts';
import type { Surface } from '../parts/use-canvas.ts';
import { laneTitle } from './facts.ts';
import { laneColours } from './lane-colours.ts';
import type { Lane } from './lanes.ts';
import type { Moment } from './moments.ts';
import { barTopPx, type LanePlaces, paintLanes, paintWindow } from './paint-lanes.ts';

/** What is drawn of one side. */
interface SidePicture {
  readonly lanes: readonly Lane[];
  readonly timeline: Timeline;
  readonly spanMs: number;
  readonly window: PageWindow | null;
  readonly moment: Moment | null;
  readonly places: LanePlaces;
}

/** The threads of a side with their names, the part that is brushed, and the moment that is pointed at. */
export function paintSide(
  surface: Surface,
  { lanes, timeline, spanMs, window, moment, places }: SidePicture,
): void {
  const { context, widthPx, heightPx, style } = surface;
  paintAxis(surface, spanMs);
  const shown = { lanes, path: timeline.criticalPath, spanMs, widthPx };
  paintLanes(context, shown, { places, colours: laneColours(surface) });
  if (window !== null) {
    const size = { window, spanMs, widthPx, heightPx };
    paintWindow(context, size, { veil: style('--timeline-veil'), edge: style('--text') });
  }
  const accounts = timeline.threads.slice(0, lanes.length);
  paintTitles(surface, accounts.map(laneTitle), places);
  if (moment === null) return;
  const atPx = (moment.atMs / spanMs) * widthPx;
  context.fillStyle = style('--flame-match');
  context.fillRect(atPx - MOMENT_PX / 2, barTopPx(places, moment.lane), MOMENT_PX, places.barPx);
}

const MOMENT_PX = 1.5;

/** So far from one another lines through the picture lie at least. */
const TICK_PX = 120;

/** Lines through the picture at round times. */
function paintAxis({ context, widthPx, heightPx, style }: Surface, spanMs: number): void {
  context.font = style('font');
  context.textBaseline = 'middle';
  for (const tick of roundValues({ low: 0, high: spanMs }, Math.max(2, Math.floor(widthPx / TICK_PX)))) {
    const xPx = (tick / spanMs) * widthPx;
    context.fillStyle = style('--grid');
    context.fillRect(xPx, 0, 1, heightPx);
    context.fillStyle = style('--muted');
    const label = clockTime(tick);
    if (xPx + context.measureText(label).width + 4 < widthPx) context.fillText(label, xPx + 4, 8);
  }
}

/** What each thread is called, above its bar. */
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
    const middlePx = barTopPx(places, lane) - places.namePx / 2 - 1;
    context.fillText(fitLabel(title, widthPx - 4, measure), 2, middlePx);
  }
}
