import type { Chart } from './chart.ts';

/** What of a chart is in sight, and how large. */
export interface Viewport {
  readonly startMs: number;
  readonly endMs: number;
  readonly widthPx: number;
  readonly firstRow: number;
  /** The row after the last in sight. */
  readonly endRow: number;
  /** 1 for every row, 3 for every third. */
  readonly rowStep: number;
}

/** Boxes in columns that are filled anew for each picture, so that drawing makes no objects. */
export class BoxColumns {
  count = 0;
  rows = new Int32Array(1024);
  keys = new Int32Array(1024);
  nodes = new Int32Array(1024);
  leftsPx = new Float64Array(1024);
  widthsPx = new Float64Array(1024);
  /** 1 where it stands for all boxes of one pixel that are too narrow to be told apart, of which it is the first. */
  crowds = new Uint8Array(1024);

  push(row: number, key: number, node: number, leftPx: number, widthPx: number, crowd: 0 | 1): void {
    if (this.count === this.rows.length) this.#grow();
    const at = this.count;
    this.rows[at] = row;
    this.keys[at] = key;
    this.nodes[at] = node;
    this.leftsPx[at] = leftPx;
    this.widthsPx[at] = widthPx;
    this.crowds[at] = crowd;
    this.count += 1;
  }

  #grow(): void {
    const size = this.rows.length * 2;
    const wholes = (old: Int32Array) => {
      const grown = new Int32Array(size);
      grown.set(old);
      return grown;
    };
    const places = (old: Float64Array) => {
      const grown = new Float64Array(size);
      grown.set(old);
      return grown;
    };
    [this.rows, this.keys, this.nodes] = [wholes(this.rows), wholes(this.keys), wholes(this.nodes)];
    [this.leftsPx, this.widthsPx] = [places(this.leftsPx), places(this.widthsPx)];
    const crowds = new Uint8Array(size);
    crowds.set(this.crowds);
    this.crowds = crowds;
  }
}

/** Narrower boxes are not drawn one by one. */
const LEAST_PX = 0.5;

/**
 * The boxes to be drawn, row by row, each cut off at the edges.
 *
 * At most two for each pixel of a row, however many there are: where they are narrower than half a pixel, one stands for
 * all of that pixel, and the others are never looked at.
 */
export function visibleBoxes(chart: Chart, viewport: Viewport, boxes: BoxColumns): void {
  const { startMs, endMs, widthPx, rowStep } = viewport;
  boxes.count = 0;
  const pxPerMs = widthPx / (endMs - startMs);
  if (!Number.isFinite(pxPerMs) || pxPerMs <= 0) return;
  const endRow = Math.min(viewport.endRow, chart.rows);
  for (let row = viewport.firstRow; row < endRow; row += rowStep) {
    for (let atMs = startMs; atMs < endMs; ) {
      const key = chart.firstAfter(row, atMs);
      if (key < 0) break;
      const boxStartMs = chart.startOf(row, key);
      const boxEndMs = chart.endOf(row, key);
      if (boxStartMs >= endMs) break;
      const leftPx = Math.max(0, (boxStartMs - startMs) * pxPerMs);
      const rightPx = Math.min(widthPx, (boxEndMs - startMs) * pxPerMs);
      const node = chart.nodeOf(row, key);
      if (rightPx - leftPx >= LEAST_PX) {
        boxes.push(row, key, node, leftPx, rightPx - leftPx, 0);
        atMs = boxEndMs;
      } else {
        const pixel = Math.floor((Math.max(boxStartMs, atMs) - startMs) * pxPerMs);
        boxes.push(row, key, node, pixel, 1, 1);
        // Rounding must not keep the loop at one place.
        atMs = Math.max(boxEndMs, startMs + (pixel + 1) / pxPerMs);
      }
    }
  }
}
