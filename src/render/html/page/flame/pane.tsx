import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { PageWindow } from '../../model.ts';
import { useCanvas } from '../parts/use-canvas.ts';
import type { Box } from './chart.ts';
import type { ShownPicture } from './looks.ts';
import { Minimap } from './minimap.tsx';
import { Overview } from './overview.tsx';
import { paintPicture } from './paint-picture.ts';
import { Ring } from './ring.tsx';
import { ROW_PX, rowsInSight, sightHeightPx } from './rows-in-sight.ts';
import type { Search } from './search.ts';
import { Strip } from './strip.tsx';
import { type FlameActions, useFlameInput } from './use-flame-input.ts';
import { BoxColumns } from './visible-boxes.ts';

interface PaneProps extends FlameActions {
  readonly shown: ShownPicture;
  /** What the picture shows, in a sentence. */
  readonly label: string;
  readonly search: Search;
  readonly whole: PageWindow;
  readonly range: PageWindow;
  readonly selected: Box | null;
  readonly hovered: Box | null;
}

/** One flame graph with its small picture of the whole. */
export function FlamePane(props: PaneProps): JSX.Element {
  const { shown, label, search, whole, range, setRange } = props;
  return (
    <section class="flame-pane" aria-label={label}>
      {shown.title === '' ? null : <h2>{shown.title}</h2>}
      <Overview {...{ whole, range, setRange }}>
        <Minimap {...{ shown, search, whole }} />
      </Overview>
      {shown.laneIn === null ? null : <Strip laneIn={shown.laneIn} range={range} />}
      <Boxes {...props} />
    </section>
  );
}

/** The picture itself. Its rows scroll as any content does, but are drawn only where they are seen. */
function Boxes(props: PaneProps): JSX.Element {
  const { shown, label, search, range, selected, hovered } = props;
  const { chart, order } = shown.picture;
  const scroller = useRef<HTMLDivElement>(null);
  const boxes = useMemo(() => new BoxColumns(), []);
  const heightPx = sightHeightPx(order, chart.rows);
  const [canvas, repaint] = useCanvas(
    (surface) => {
      const scrollPx = scroller.current?.scrollTop ?? 0;
      const place = { widthPx: surface.widthPx, rowStep: 1, rowPx: ROW_PX, scrollPx, labelled: true };
      const painted = { ...range, ...rowsInSight(scrollPx, heightPx), ...place };
      const { rectangles, labels } = paintPicture(surface, { shown, search, boxes }, painted);
      if (canvas.current !== null) Object.assign(canvas.current.dataset, { rectangles, labels });
    },
    [shown, search, range.startMs, range.endMs, heightPx],
  );
  const onKeyDown = useFlameInput({ canvas, scroller }, { ...props, picture: shown.picture });
  return (
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
      <div class="flame-rows" style={{ height: `${Math.max(1, chart.rows) * ROW_PX}px` }}>
        <canvas ref={canvas} role="img" aria-label={label} style={{ height: `${heightPx}px` }} />
        {hovered === selected ? null : <Ring box={hovered} kind="hovered" range={range} />}
        <Ring box={selected} kind="selected" range={range} />
      </div>
    </div>
  );
}
