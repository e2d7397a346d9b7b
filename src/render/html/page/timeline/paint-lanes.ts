import type { Timeline } from '../../../../compare/timeline.ts';
import type { PageWindow } from '../../model.ts';
import { ACTIVITIES, type Activity, type Lane } from './lanes.ts';

/** What of a canvas lanes are drawn with. */
export type LanePencil = Pick<
  CanvasRenderingContext2D,
  'fillStyle' | 'strokeStyle' | 'lineWidth' | 'beginPath' | 'rect' | 'fill' | 'fillRect' | 'strokeRect'
>;

/** Where the lanes lie, px from the top of the picture. */
export interface LanePlaces {
  readonly axisPx: number;
  readonly lanePx: number;
  /** Of a lane, above its bar. */
  readonly namePx: number;
  readonly barPx: number;
}

/** Many threads are drawn lower, so that they are seen at once. */
export function lanePlaces(lanes: number): LanePlaces {
  return lanes <= 16
    ? { axisPx: 20, lanePx: 52, namePx: 18, barPx: 26 }
    : { axisPx: 20, lanePx: 30, namePx: 16, barPx: 12 };
}

export function barTopPx({ axisPx, lanePx, namePx }: LanePlaces, lane: number): number {
  return axisPx + lane * lanePx + namePx;
}

export interface LaneColours {
  readonly fills: Readonly<Record<Activity, string | CanvasPattern>>;
  readonly outline: string;
  readonly path: string;
}

export interface LanePicture {
  readonly lanes: readonly Lane[];
  readonly path: Timeline['criticalPath'];
  readonly spanMs: number;
  readonly widthPx: number;
}

/** Draws the bars of all lanes, and the way that the end of the run depended on. */
export function paintLanes(
  pencil: LanePencil,
  { lanes, path, spanMs, widthPx }: LanePicture,
  { places, colours }: { readonly places: LanePlaces; readonly colours: LaneColours },
): void {
  const pxPerMs = widthPx / spanMs;
  for (const [index, lane] of lanes.entries()) {
    const topPx = barTopPx(places, index);
    paintActivities(pencil, lane, { topPx, widthPx, barPx: places.barPx, fills: colours.fills });
    pencil.strokeStyle = colours.outline;
    pencil.lineWidth = 1;
    const lifePx = Math.max(1, (lane.endMs - lane.startMs) * pxPerMs);
    pencil.strokeRect(lane.startMs * pxPerMs + 0.5, topPx + 0.5, lifePx - 1, places.barPx - 1);
  }
  pencil.fillStyle = colours.path;
  paintPath(pencil, { lanes, path, pxPerMs, places });
}

interface Bar {
  readonly topPx: number;
  readonly widthPx: number;
  readonly barPx: number;
  readonly fills: LaneColours['fills'];
}

/** The activities of a lane, one upon the other from the bottom. Idle is what is left: the bar is hollow there. */
export function paintActivities(
  pencil: LanePencil,
  { parts }: Lane,
  { topPx, widthPx, barPx, fills }: Bar,
): void {
  const slices = parts.working.length;
  const slicePx = widthPx / slices;
  const below = new Float64Array(slices);
  for (const activity of ACTIVITIES) {
    if (activity === 'idle') continue;
    const heights = parts[activity].map((part) => part * barPx);
    pencil.fillStyle = fills[activity];
    pencil.beginPath();
    for (let slice = 0; slice < slices; ) {
      const [height, base] = [heights[slice] ?? 0, below[slice] ?? 0];
      let end = slice + 1;
      // Slices that look the same are one rectangle.
      while (end < slices && near(heights[end], height) && near(below[end], base)) end += 1;
      if (height > 0.05) {
        pencil.rect(slice * slicePx, topPx + barPx - base - height, (end - slice) * slicePx, height);
      }
      slice = end;
    }
    pencil.fill();
    for (let slice = 0; slice < slices; slice += 1)
      below[slice] = (below[slice] ?? 0) + (heights[slice] ?? 0);
  }
}

function near(one: number | undefined, other: number): boolean {
  return one !== undefined && Math.abs(one - other) < 0.25;
}

const PATH_PX = 3;

interface Path {
  readonly lanes: readonly Lane[];
  readonly path: Timeline['criticalPath'];
  readonly pxPerMs: number;
  readonly places: LanePlaces;
}

/** A thick line above the bars that the end of the run waited for, from one to the next. */
function paintPath(pencil: LanePencil, { lanes, path, pxPerMs, places }: Path): void {
  let beforePx: number | null = null;
  for (const { name, startMs, endMs } of path) {
    const lane = lanes.findIndex((one) => one.name === name);
    if (lane === -1) continue;
    const topPx = barTopPx(places, lane) - PATH_PX;
    pencil.fillRect(startMs * pxPerMs, topPx, Math.max(PATH_PX, (endMs - startMs) * pxPerMs), PATH_PX);
    if (beforePx !== null && beforePx !== topPx) {
      const [highPx, lowPx] = [Math.min(beforePx, topPx), Math.max(beforePx, topPx)];
      pencil.fillRect(startMs * pxPerMs - 1, highPx, 2, lowPx - highPx + PATH_PX);
    }
    beforePx = topPx;
  }
}

/** Veils what lies outside a brushed window, and marks its edges. */
export function paintWindow(
  pencil: LanePencil,
  {
    window,
    spanMs,
    widthPx,
    heightPx,
  }: { window: PageWindow; spanMs: number; widthPx: number; heightPx: number },
  { veil, edge }: { readonly veil: string; readonly edge: string },
): void {
  const pxPerMs = widthPx / spanMs;
  const [fromPx, untilPx] = [window.startMs * pxPerMs, Math.min(widthPx, window.endMs * pxPerMs)];
  pencil.fillStyle = veil;
  pencil.fillRect(0, 0, Math.min(widthPx, fromPx), heightPx);
  pencil.fillRect(untilPx, 0, Math.max(0, widthPx - untilPx), heightPx);
  pencil.fillStyle = edge;
  pencil.fillRect(fromPx - 1, 0, 2, heightPx);
  pencil.fillRect(untilPx - 1, 0, 2, heightPx);
}
