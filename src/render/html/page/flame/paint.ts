import { fitLabel, type Measure } from './labels.ts';
import type { BoxColumns } from './visible-boxes.ts';

/** What of a canvas the painter draws with. */
export type Pencil = Pick<
  CanvasRenderingContext2D,
  'fillStyle' | 'strokeStyle' | 'lineWidth' | 'globalAlpha' | 'fillRect' | 'strokeRect' | 'fillText'
>;

/** How a kind of box looks. */
export interface BoxStyle {
  readonly fill: string | CanvasPattern;
  /** Of a hollow box; null for a full one. */
  readonly outline: string | null;
}

export interface BoxLook {
  readonly rowPx: number;
  /** How far the rows were scrolled. */
  readonly scrollPx: number;
  /** Of rows that are drawn with others left out between them, as in the small picture of the whole. */
  readonly rowStep: number;
  readonly styles: readonly BoxStyle[];
  /** The index of a node's style. */
  readonly styleOf: (node: number) => number;
  /** Whether a node is to stand out; null while nothing is searched for. */
  readonly matches: ((node: number) => boolean) | null;
  readonly matchColour: string;
  /** null where nothing is written, as in the small picture. */
  readonly labels: {
    readonly of: (node: number) => string;
    readonly colour: string;
    readonly measure: Measure;
  } | null;
}

/** What a match is marked with, besides that others fade. */
const MARK_PX = 3;
const FADED = 0.4;
/** Below it a gap between boxes would take too much of them. */
const GAP_FROM_PX = 3;
const LABEL_FROM_PX = 18;
const LABEL_INDENT_PX = 4;

/** Draws boxes, and in those that are wide enough what they are called; returns how many rectangles and labels it drew. */
export function paintBoxes(
  pencil: Pencil,
  boxes: BoxColumns,
  look: BoxLook,
): { rectangles: number; labels: number } {
  const { rowPx, matches } = look;
  let rectangles = 0;
  for (let box = 0; box < boxes.count; ) {
    const end = crowdEnd(boxes, box, look);
    const node = boxes.nodes[box] ?? 0;
    const leftPx = boxes.leftsPx[box] ?? 0;
    const rightPx = (boxes.leftsPx[end - 1] ?? 0) + (boxes.widthsPx[end - 1] ?? 0);
    const widthPx = rightPx - leftPx > GAP_FROM_PX ? rightPx - leftPx - 1 : rightPx - leftPx;
    const topPx = topOf(boxes.rows[box] ?? 0, look);
    const style = look.styles[look.styleOf(node)];
    const matching = matches === null || matches(node);
    if (style !== undefined) {
      pencil.globalAlpha = matching ? 1 : FADED;
      const heightPx = rowPx > GAP_FROM_PX ? rowPx - 1 : rowPx;
      paintBox(pencil, { leftPx, topPx, widthPx, heightPx }, style);
      if (matches !== null && matching) {
        pencil.fillStyle = look.matchColour;
        const markPx = Math.min(MARK_PX, heightPx);
        pencil.fillRect(leftPx, topPx + heightPx - markPx, widthPx, markPx);
      }
      rectangles += 1;
    }
    box = end;
  }
  pencil.globalAlpha = 1;
  return { rectangles, labels: paintLabels(pencil, boxes, look) };
}

export interface Rectangle {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

function paintBox(
  pencil: Pencil,
  { leftPx, topPx, widthPx, heightPx }: Rectangle,
  { fill, outline }: BoxStyle,
): void {
  pencil.fillStyle = fill;
  pencil.fillRect(leftPx, topPx, widthPx, heightPx);
  if (outline === null || widthPx < GAP_FROM_PX || heightPx < GAP_FROM_PX) return;
  pencil.strokeStyle = outline;
  pencil.lineWidth = 1;
  pencil.strokeRect(leftPx + 0.5, topPx + 0.5, widthPx - 1, heightPx - 1);
}

function topOf(row: number, { rowPx, scrollPx, rowStep }: BoxLook): number {
  return (row / rowStep) * rowPx - scrollPx;
}

/** The box after those that are drawn as one: crowded pixels beside one another that look the same. */
function crowdEnd(boxes: BoxColumns, first: number, { styleOf, matches }: BoxLook): number {
  let end = first + 1;
  if (boxes.crowds[first] !== 1) return end;
  const node = boxes.nodes[first] ?? 0;
  const like = (box: number) => {
    const other = boxes.nodes[box] ?? 0;
    return (
      boxes.crowds[box] === 1 &&
      boxes.rows[box] === boxes.rows[first] &&
      boxes.leftsPx[box] === (boxes.leftsPx[box - 1] ?? 0) + 1 &&
      styleOf(other) === styleOf(node) &&
      (matches === null || matches(other) === matches(node))
    );
  };
  while (end < boxes.count && like(end)) end += 1;
  return end;
}

function paintLabels(pencil: Pencil, boxes: BoxColumns, look: BoxLook): number {
  if (look.labels === null) return 0;
  const { of, colour, measure } = look.labels;
  pencil.fillStyle = colour;
  let labels = 0;
  for (let box = 0; box < boxes.count; box += 1) {
    const widthPx = boxes.widthsPx[box] ?? 0;
    if (widthPx < LABEL_FROM_PX) continue;
    const node = boxes.nodes[box] ?? 0;
    const label = fitLabel(of(node), widthPx - 2 * LABEL_INDENT_PX, measure);
    if (label === '') continue;
    pencil.globalAlpha = look.matches === null || look.matches(node) ? 1 : 0.7;
    const middlePx = topOf(boxes.rows[box] ?? 0, look) + look.rowPx / 2;
    pencil.fillText(label, (boxes.leftsPx[box] ?? 0) + LABEL_INDENT_PX, middlePx);
    labels += 1;
  }
  pencil.globalAlpha = 1;
  return labels;
}
