import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { PageWindow } from '../../model.ts';
import { useCanvas } from '../parts/use-canvas.ts';
import { type Box, boxAt } from './chart.ts';
import { keyAction } from './keys.ts';
import type { ShownPicture } from './looks.ts';
import { Minimap } from './minimap.tsx';
import { Overview } from './overview.tsx';
import { type Painted, paintPicture, paintRing } from './paint-picture.ts';
import { revealing } from './range.ts';
import type { Search } from './search.ts';
import { Strip } from './strip.tsx';
import { usePointers } from './use-pointers.ts';
import { BoxColumns } from './visible-boxes.ts';

const ROW_PX = 18;
/** Higher pictures scroll. */
const HIGHEST_PX = { heavy: 28 * ROW_PX, time: 16 * ROW_PX };

interface PaneProps {
  readonly shown: ShownPicture;
  /** What the picture shows, in a sentence. */
  readonly label: string;
  readonly search: Search;
  readonly whole: PageWindow;
  readonly range: PageWindow;
  readonly setRange: (range: PageWindow) => void;
  readonly selected: Box | null;
  readonly hovered: Box | null;
  readonly select: (box: Box) => void;
  readonly hover: (box: Box | null) => void;
  readonly copy: () => void;
}

/** One flame graph with its small picture of the whole. */
export function FlamePane(props: PaneProps): JSX.Element {
  const { shown, label, search, whole, range, setRange, selected, hovered, select, hover } = props;
  const { chart, order } = shown.picture;
  const scroller = useRef<HTMLDivElement>(null);
  const boxes = useMemo(() => new BoxColumns(), []);
  const heightPx = Math.min(HIGHEST_PX[order], Math.max(1, chart.rows) * ROW_PX);
  const sight = (widthPx: number): Painted => {
    const scrollPx = scroller.current?.scrollTop ?? 0;
    const firstRow = Math.floor(scrollPx / ROW_PX);
    const endRow = Math.ceil((scrollPx + heightPx) / ROW_PX);
    return { ...range, widthPx, firstRow, endRow, rowStep: 1, rowPx: ROW_PX, scrollPx, labelled: true };
  };
  const [canvas, repaint] = useCanvas((surface) => {
    const painted = sight(surface.widthPx);
    const { rectangles, labels } = paintPicture(surface, { shown, search, boxes }, painted);
    if (hovered !== selected) paintRing(surface, hovered, painted, 1);
    paintRing(surface, selected, painted, 2);
    if (canvas.current !== null) Object.assign(canvas.current.dataset, { rectangles, labels });
  });
  const zoomTo = ({ startMs, endMs }: PageWindow) => setRange({ startMs, endMs });
  const at = (xPx: number, yPx: number): Box | null => {
    const widthPx = canvas.current?.clientWidth ?? 0;
    const row = Math.floor((yPx + (scroller.current?.scrollTop ?? 0)) / ROW_PX);
    return widthPx === 0
      ? null
      : boxAt(chart, row, range.startMs + (xPx / widthPx) * (range.endMs - range.startMs));
  };
  usePointers(canvas, {
    range,
    setRange,
    wheelZooms: order === 'time',
    whole,
    moved: (xPx, yPx) => hover(at(xPx, yPx)),
    left: () => hover(null),
    clicked: (xPx, yPx) => {
      const box = at(xPx, yPx);
      if (box === null) return;
      select(box);
      zoomTo(box);
    },
    scrolled: (byPx) => scroller.current?.scrollBy(0, byPx),
  });
  const choose = (box: Box) => {
    select(box);
    setRange(revealing(range, box));
    scrollToRow(scroller.current, box.row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event, { chart, selected, range, whole });
    if (action === null) return;
    event.preventDefault();
    if (action.kind === 'select') choose(action.box);
    else if (action.kind === 'zoom') setRange(action.range);
    else props.copy();
  };
  const map = useMemo(
    () => <Minimap {...{ shown, search, whole }} />,
    [shown, search, whole.startMs, whole.endMs],
  );
  return (
    <section class="flame-pane" aria-label={label}>
      {shown.title === '' ? null : <h2>{shown.title}</h2>}
      <Overview {...{ whole, range, setRange }}>{map}</Overview>
      {shown.laneIn === null ? null : <Strip laneIn={shown.laneIn} range={range} />}
      <div
        class="flame-scroll"
        ref={scroller}
        // The border lies around it.
        style={{ height: `${heightPx + 2}px` }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is interactive
        tabIndex={0}
        role="application"
        aria-roledescription="flame graph"
        aria-label={`${label}. Arrow keys go from box to box, Enter zooms, Escape shows all.`}
        onKeyDown={onKeyDown}
        onScroll={repaint}
      >
        <div style={{ height: `${Math.max(1, chart.rows) * ROW_PX}px` }}>
          <canvas ref={canvas} role="img" aria-label={label} style={{ height: `${heightPx}px` }} />
        </div>
      </div>
    </section>
  );
}

/** Scrolls as little as brings a row into sight. */
function scrollToRow(scroller: HTMLDivElement | null, row: number): void {
  if (scroller === null) return;
  const [topPx, bottomPx] = [row * ROW_PX, (row + 1) * ROW_PX];
  const { scrollTop, clientHeight } = scroller;
  if (topPx < scrollTop) scroller.scrollTop = topPx;
  else if (bottomPx > scrollTop + clientHeight) scroller.scrollTop = bottomPx - clientHeight;
}
