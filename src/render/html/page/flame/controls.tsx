import type { JSX } from 'preact';
import { NOT_AVAILABLE } from '../../../amount.ts';
import { Choice } from '../parts/choice.tsx';
import type { ViewProps } from '../state.ts';
import { type Settings, SIDE_TITLES } from './settings.ts';

const SIDES = (['before', 'after', 'diff'] as const).map((value) => ({ value, title: SIDE_TITLES[value] }));
const ORDERS = [
  { value: 'heavy', title: 'Left-heavy' },
  { value: 'time', title: 'Time order' },
] as const;
const BASES = [
  { value: 'larger', title: 'The larger' },
  { value: 'before', title: 'Before' },
  { value: 'after', title: 'After' },
] as const;

/** What is drawn, and how. A zoom is one of the picture that it was made in, and goes with it. */
export function FlameControls({
  page,
  state,
  navigate,
  settings,
}: ViewProps & { readonly settings: Settings }): JSX.Element {
  const { zoom: _, ...kept } = state.own;
  return (
    <div class="controls">
      <Choice
        label="Side"
        options={SIDES}
        chosen={state.side}
        choose={(side) => navigate({ side, own: kept })}
      />
      {page.data.comparison.measure.isOrdered ? (
        <Choice
          label="Order"
          options={ORDERS}
          chosen={settings.order}
          choose={(order) => navigate({ own: { ...kept, order } })}
        />
      ) : (
        <span class="note">Time order: {NOT_AVAILABLE}</span>
      )}
      {state.side === 'diff' && settings.order === 'heavy' ? (
        <Choice
          label="As wide as"
          options={BASES}
          chosen={settings.basis}
          choose={(wide) => navigate({ own: { ...kept, wide } })}
        />
      ) : null}
      <ThreadChoice {...{ page, state }} choose={(thread) => navigate({ thread, own: kept })} />
      <input
        type="search"
        aria-label="Search by a regular expression"
        placeholder="Search, a regular expression  ( / )"
        spellcheck={false}
        value={state.query}
        onInput={({ currentTarget }) => navigate({ query: currentTarget.value })}
      />
    </div>
  );
}

/** A thread's index within its side: of the difference, the threads of that index on both. */
function ThreadChoice({
  page,
  state,
  choose,
}: Pick<ViewProps, 'page' | 'state'> & {
  readonly choose: (thread: number | 'all') => void;
}): JSX.Element | null {
  const { before, after } = page.recordings;
  const shown = state.side === 'before' ? [before] : state.side === 'after' ? [after] : [before, after];
  const names = shown.reduce<readonly string[]>((most, recording) => {
    const own = (recording?.threads ?? []).map(({ name }) => name);
    return own.length > most.length ? own : most;
  }, []);
  if (names.length < 2 && state.thread === 'all') return null;
  return (
    <label class="choice">
      <span class="choice-label">Thread</span>
      <select
        value={String(state.thread)}
        onChange={({ currentTarget: { value } }) => choose(value === 'all' ? 'all' : Number(value))}
      >
        <option value="all">all threads</option>
        {names.map((name, index) => (
          <option key={name} value={String(index)}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
