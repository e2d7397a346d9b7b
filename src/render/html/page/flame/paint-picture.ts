import { patterned } from '../parts/patterns.ts';
import type { Surface } from '../parts/use-canvas.ts';
import { FILLS, isHollow, type ShownPicture } from './looks.ts';
import { type BoxLook, type BoxStyle, paintBoxes } from './paint.ts';
import type { Search } from './search.ts';
import type { BoxColumns, Viewport } from './visible-boxes.ts';
import { visibleBoxes } from './visible-boxes.ts';

export interface Painted extends Viewport {
  readonly rowPx: number;
  readonly scrollPx: number;
  readonly labelled: boolean;
}

/** Draws the part of a picture that is in sight; returns how many rectangles and labels it took. */
export function paintPicture(
  { context, style }: Surface,
  { shown, search, boxes }: { shown: ShownPicture; search: Search; boxes: BoxColumns },
  painted: Painted,
): { rectangles: number; labels: number } {
  const { picture, look } = shown;
  const { functions } = picture.tree;
  visibleBoxes(picture.chart, painted, boxes);
  context.font = style('font');
  context.textBaseline = 'middle';
  const matches = search.kind === 'found' ? search.matches : null;
  const boxLook: BoxLook = {
    ...painted,
    styles: stylesOf(context, style),
    styleOf: look.fillOf,
    matches: matches === null ? null : (node) => matches[functions[node] ?? -1] === 1,
    matchColour: style('--flame-match'),
    labels: painted.labelled
      ? {
          of: look.labelOf,
          colour: style('--flame-text'),
          measure: {
            letterPx: context.measureText('m').width,
            widthOf: (text) => context.measureText(text).width,
          },
        }
      : null,
  };
  return paintBoxes(context, boxes, boxLook);
}

function stylesOf(context: CanvasRenderingContext2D, style: Surface['style']): BoxStyle[] {
  const hatch = patterned(context, { kind: 'hatch', colour: style('--flame-hatch'), ground: null });
  const outline = style('--flame-hatch-edge');
  return FILLS.map((property, fill) =>
    isHollow(fill) ? { fill: hatch, outline } : { fill: style(property), outline: null },
  );
}
