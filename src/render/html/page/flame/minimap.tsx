import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PageWindow } from '../../model.ts';
import { useCanvas } from '../parts/use-canvas.ts';
import type { ShownPicture } from './looks.ts';
import { paintPicture } from './paint-picture.ts';
import type { Search } from './search.ts';
import { BoxColumns, visibleBoxes } from './visible-boxes.ts';

const MOST_ROW_PX = 4;
/** Rows that fill a smaller part of the width are left out below the last that fills more. */
const LEAST_FILLED = 0.02;
/** Further rows would not be seen in so small a picture. */
const MOST_ROWS = 200;
/** Of so small a picture so many pixels are one, to be drawn in half the time. */
const COARSENESS = 2;
/** Enough to see how well rows are filled. */
const ROUGH_PX = 100;

interface MinimapProps {
  readonly shown: ShownPicture;
  readonly search: Search;
  readonly whole: PageWindow;
}

/** The whole picture, small and without names. */
export function Minimap({ shown, search, whole }: MinimapProps): JSX.Element {
  const boxes = useMemo(() => new BoxColumns(), []);
  const { chart } = shown.picture;
  const [canvas] = useCanvas(
    (surface) => {
      const { context, heightPx } = surface;
      const widthPx = surface.widthPx / COARSENESS;
      const all = { ...whole, widthPx, firstRow: 0, endRow: Math.min(chart.rows, MOST_ROWS), rowStep: 1 };
      visibleBoxes(chart, { ...all, widthPx: ROUGH_PX }, boxes);
      const endRow = filledRows(boxes, ROUGH_PX);
      const rowPx = Math.max(1, Math.min(MOST_ROW_PX, Math.floor(heightPx / endRow)));
      const rowStep = Math.max(1, Math.ceil((endRow * rowPx) / heightPx));
      const sight = { ...all, endRow, rowStep, rowPx, scrollPx: 0, labelled: false };
      context.scale(COARSENESS, 1);
      paintPicture(surface, { shown, search, boxes }, sight);
    },
    [shown, search, whole.startMs, whole.endMs],
    'next frame',
  );
  return <canvas ref={canvas} />;
}

/** How many rows there are down to the last that is filled well enough; at least one. */
function filledRows({ count, rows, widthsPx }: BoxColumns, widthPx: number): number {
  const filledPx = new Float64Array(MOST_ROWS);
  for (let box = 0; box < count; box += 1) {
    const row = rows[box] ?? 0;
    filledPx[row] = (filledPx[row] ?? 0) + (widthsPx[box] ?? 0);
  }
  return filledPx.findLastIndex((px) => px >= LEAST_FILLED * widthPx) + 1 || 1;
}
