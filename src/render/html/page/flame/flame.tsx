import './palette.css';
import './flame.css';
import type { JSX } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { amount } from '../parts/amounts.ts';
import type { ViewProps } from '../state.ts';
import { BoxTable } from './box-table.tsx';
import type { Box } from './chart.ts';
import { FlameControls } from './controls.tsx';
import { CopyStack } from './copy-stack.tsx';
import { copyText } from './copy-text.ts';
import { Details, timesOf } from './details.tsx';
import { shownFrame } from './functions.ts';
import { Legend } from './legend.tsx';
import type { ShownPicture } from './looks.ts';
import { FlamePane } from './pane.tsx';
import { type Picture, Pictures } from './pictures.ts';
import { searchFunctions } from './search.ts';
import { SearchResult } from './search-result.tsx';
import { panesOf, SIDE_TITLES, settingsOf, wholeOf } from './settings.ts';
import { stackText } from './stack-text.ts';
import { useRange } from './use-range.ts';
import { useShown } from './use-shown.ts';

/** A box, and the picture that it is one of. */
interface Pointed {
  readonly picture: Picture;
  readonly box: Box;
}

/** Where the time went, call by call: as one picture of all of it, or thread by thread as time went on. */
export function Flame({ page, state, navigate }: ViewProps): JSX.Element {
  const pictures = useMemo(() => new Pictures(page.recordings), [page.recordings]);
  const { side, query } = state;
  const settings = settingsOf(state);
  const { panes, leftOut } = panesOf(page.recordings, state, settings);
  const shown = useShown(page, pictures, panes);
  const whole = wholeOf(shown.map(({ picture }) => picture.chart));
  const [range, setRange] = useRange({ state, navigate, whole, key: JSON.stringify(panes) });
  const search = useMemo(() => {
    const { functions } = pictures;
    const frames = Array.from({ length: functions.count }, (_, id) => shownFrame(functions, id, side));
    return searchFunctions(query, frames);
  }, [pictures, query, side]);
  const [selected, select] = useState<Pointed | null>(null);
  const [hovered, hover] = useState<Pointed | null>(null);
  const chosen = shown.find(({ picture }) => picture === selected?.picture);
  const stack = chosen === undefined || selected === null ? null : stackOfBox(chosen, selected.box);
  const id = useId();
  return (
    <>
      <FlameControls {...{ page, state, navigate, settings }} />
      <SearchResult {...{ search, shown }} />
      <div class="flame-details">
        <Told {...{ shown, hovered, selected }} rows={page.data.comparison.functions} />
        {stack === null ? null : <CopyStack text={stack} />}
      </div>
      {shown.every(({ picture }) => picture.chart.rows === 0) ? (
        <p role="status">
          There are no samples of {state.window === null ? 'this' : 'this part of the runs'}.
        </p>
      ) : null}
      {shown.map((one) => (
        <FlamePane
          key={one.title}
          shown={one}
          label={labelOf(one, state.thread)}
          {...{ search, whole, range, setRange }}
          selected={selected?.picture === one.picture ? selected.box : null}
          hovered={hovered?.picture === one.picture ? hovered.box : null}
          select={(box) => select({ picture: one.picture, box })}
          hover={(box) => hover(box === null ? null : { picture: one.picture, box })}
          copy={() => (stack === null ? undefined : copyText(stack))}
        />
      ))}
      {leftOut === 0 ? null : <p class="note">{leftOut} more threads are not shown: choose one above.</p>}
      <Legend
        difference={side === 'diff' && settings.order === 'heavy'}
        strip={shown.some(({ laneIn }) => laneIn !== null)}
      />
      {shown.map((one, index) => (
        <BoxTable key={one.title} id={`${id}-${index}`} shown={one} />
      ))}
    </>
  );
}

interface ToldProps {
  readonly shown: readonly ShownPicture[];
  readonly hovered: Pointed | null;
  readonly selected: Pointed | null;
  readonly rows: Parameters<typeof Details>[0]['rows'];
}

/** What is pointed at, or else what was chosen; a box of a picture that is gone is neither. */
function Told({ shown, hovered, selected, rows }: ToldProps): JSX.Element {
  for (const pointed of [hovered, selected]) {
    const one = shown.find(({ picture }) => picture === pointed?.picture);
    if (one === undefined || pointed === null) continue;
    return (
      <div class="flame-told" aria-live={pointed === selected ? 'polite' : 'off'}>
        <Details box={pointed.box} shown={one} rows={rows} />
      </div>
    );
  }
  return <p class="note">Point at a box, or go to one with the arrow keys, to read what it is.</p>;
}

function stackOfBox({ picture, look }: ShownPicture, { node }: Box): string {
  const text = stackText(picture.tree, node, look.frameOf);
  return text === '' ? 'all' : text;
}

/** What a picture shows, in a sentence, for who does not see it. */
function labelOf({ title, picture }: ShownPicture, thread: number | 'all'): string {
  const { side, times, chart, order } = picture;
  const all = timesOf(picture, 'totals', 0);
  const what =
    times.before !== null && times.after !== null
      ? `${amount(all.before)} before, ${amount(all.after)} after`
      : amount(all.before + all.after);
  const named =
    title === '' ? `${SIDE_TITLES[side]}, ${thread === 'all' ? 'all threads' : 'one thread'}` : title;
  return `Flame graph, ${order === 'time' ? 'in time order' : 'left-heavy'}. ${named}: ${what} of samples in ${chart.rows} rows`;
}
