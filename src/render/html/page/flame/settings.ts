import type { BothSides, PageRecording, PageWindow, SideName } from '../../model.ts';
import type { ViewState } from '../state.ts';
import { BASES, type Basis } from './difference.ts';
import { ORDERS, type Order, type PictureRequest } from './pictures.ts';

/** How the flame graph is drawn; it stands in the link. */
export interface Settings {
  readonly order: Order;
  readonly basis: Basis;
}

export function settingsOf({ own }: ViewState): Settings {
  return {
    order: ORDERS.find((order) => order === own.order) ?? 'heavy',
    basis: BASES.find((basis) => basis === own.wide) ?? 'larger',
  };
}

export interface Pane {
  readonly title: string;
  readonly request: PictureRequest;
}

/** So many threads in time order are shown under one another. */
const MOST_PANES = 12;

/** What is drawn: one picture of all, or in time order one for each thread. */
export function panesOf(
  recordings: BothSides<PageRecording | null>,
  { side, thread, window }: ViewState,
  { order, basis }: Settings,
): { readonly panes: readonly Pane[]; readonly leftOut: number } {
  if (order === 'heavy') {
    return { panes: [{ title: '', request: { order, side, thread, window, basis } }], leftOut: 0 };
  }
  const sides: readonly SideName[] = side === 'diff' ? ['before', 'after'] : [side];
  const panes = sides.flatMap((name) =>
    (recordings[name]?.threads ?? []).flatMap((recorded, index): Pane[] =>
      thread === 'all' || thread === index
        ? [
            {
              title: side === 'diff' ? `${SIDE_TITLES[name]}: ${recorded.name}` : recorded.name,
              request: { order, side: name, thread: index, window },
            },
          ]
        : [],
    ),
  );
  return { panes: panes.slice(0, MOST_PANES), leftOut: Math.max(0, panes.length - MOST_PANES) };
}

export const SIDE_TITLES = {
  before: 'Before',
  after: 'After',
  diff: 'Difference',
} satisfies Record<ViewState['side'], string>;

/** What the charts of all panes span, so that they have one scale. */
export function wholeOf(charts: readonly PageWindow[]): PageWindow {
  const startMs = Math.min(...charts.map((chart) => chart.startMs));
  const endMs = Math.max(...charts.map((chart) => chart.endMs));
  return endMs > startMs ? { startMs, endMs } : { startMs: 0, endMs: 0 };
}
