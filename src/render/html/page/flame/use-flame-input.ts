import type { RefObject } from 'preact';
import type { PageWindow } from '../../model.ts';
import { type Box, boxAt } from './chart.ts';
import { keyAction } from './keys.ts';
import type { Picture } from './pictures.ts';
import { revealing } from './range.ts';
import { ROW_PX, scrollToRow } from './rows-in-sight.ts';
import { usePointers } from './use-pointers.ts';

/** What a flame graph can be made to do. */
export interface FlameActions {
  readonly setRange: (range: PageWindow) => void;
  readonly select: (box: Box) => void;
  readonly hover: (box: Box | null) => void;
  /** Copies the stack of the box that is chosen. */
  readonly copy: () => void;
}

interface FlameInput extends FlameActions {
  readonly picture: Picture;
  readonly whole: PageWindow;
  readonly range: PageWindow;
  readonly selected: Box | null;
}

interface Elements {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** Listens to pointers on a flame graph; returns what is to listen to its keys. */
export function useFlameInput(
  { canvas, scroller }: Elements,
  input: FlameInput,
): (event: KeyboardEvent) => void {
  const { picture, whole, range, setRange, selected, select, hover, copy } = input;
  const { chart, order } = picture;
  const at = (xPx: number, yPx: number): Box | null => {
    const widthPx = canvas.current?.clientWidth || 1;
    const row = Math.floor((yPx + (scroller.current?.scrollTop ?? 0)) / ROW_PX);
    return boxAt(chart, row, range.startMs + (xPx / widthPx) * (range.endMs - range.startMs));
  };
  usePointers(canvas, {
    ...{ range, setRange, whole },
    wheelZooms: order === 'time',
    moved: (xPx, yPx) => hover(at(xPx, yPx)),
    left: () => hover(null),
    clicked: (xPx, yPx) => {
      const box = at(xPx, yPx);
      if (box === null) return;
      select(box);
      setRange(box);
    },
    scrolled: (byPx) => scroller.current?.scrollBy(0, byPx),
  });
  return (event) => {
    const action = keyAction(event, { chart, selected, range, whole });
    if (action === null) return;
    event.preventDefault();
    if (action.kind === 'copy') return copy();
    if (action.kind === 'zoom') return setRange(action.range);
    select(action.box);
    scrollToRow(scroller.current, action.box.row);
    const shown = revealing(range, action.box);
    if (shown !== range) setRange(shown);
  };
}
