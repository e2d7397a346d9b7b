import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { NOT_AVAILABLE, totalsText } from '../../amount.ts';
import { percent } from '../../format.ts';
import type { Page } from '../model.ts';
import { Brushed } from './brushed.tsx';
import type { Figures } from './embedded.ts';
import { Gain } from './parts/gain.tsx';
import { FIRST_STATE, hashOf, type ViewState } from './state.ts';
import { chooseTheme, storedTheme, THEMES, type Theme } from './theme.ts';
import { type Recordings, useRecordings } from './use-recordings.ts';
import { useViewState } from './use-view-state.ts';
import { PAGE_VIEWS, type View } from './views.ts';

/** The head of the page, and the view that its link names. */
export function Shell({ figures }: { readonly figures: Figures }): JSX.Element {
  const [linked, navigate] = useViewState();
  const state = stateOf(linked, figures);
  const decoded = useRecordings();
  const page = useMemo(
    (): Page => ({
      data: figures,
      recordings: decoded.kind === 'decoded' ? decoded.recordings : { before: null, after: null },
    }),
    [figures, decoded],
  );
  const view = PAGE_VIEWS.find(({ name }) => name === state.view) ?? PAGE_VIEWS[0];
  useEffect(() => {
    const focusSearch = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      const search = document.querySelector<HTMLInputElement>('input[type="search"]');
      if (search === null) return;
      event.preventDefault();
      search.focus();
    };
    addEventListener('keydown', focusSearch);
    return () => removeEventListener('keydown', focusSearch);
  }, []);
  if (view === undefined) throw new RangeError('a page without views');
  return (
    <div class="page">
      <a class="skip" href={hashOf(state)} onClick={skipToContent}>
        Skip to the content
      </a>
      <Masthead figures={figures} />
      <ViewLinks state={state} />
      <main id="content" tabIndex={-1} data-decoding={decoded.kind}>
        {view.name === 'summary' ? null : <h1 class="visually-hidden">{view.title}</h1>}
        {view.followsWindow ? <Brushed {...{ page, state, navigate }} /> : null}
        {unavailable(view, figures) ?? shown(view, decoded) ?? <view.show {...{ page, state, navigate }} />}
      </main>
    </div>
  );
}

/** Without an order of time no part of the runs can be shown, and stacks are not drawn as time went on. */
function stateOf(linked: ViewState, { comparison }: Figures): ViewState {
  if (comparison.measure.isOrdered) return linked;
  const { order: _, ...own } = linked.own;
  return { ...linked, window: null, own };
}

/** A link to the content would change the hash, which is the view. */
function skipToContent(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** What stands in the place of a view that these profiles cannot have. */
function unavailable({ needsOrder }: View, { comparison }: Figures): JSX.Element | null {
  if (!needsOrder || comparison.measure.isOrdered) return null;
  return <p role="status">Timeline: {NOT_AVAILABLE} without the order of time on both sides.</p>;
}

/** What stands in a view's place while it has nothing to show. */
function shown({ needsRecordings }: View, decoded: Recordings): JSX.Element | null {
  if (!needsRecordings || decoded.kind === 'decoded') return null;
  if (decoded.kind === 'decoding') return <p role="status">Reading the recordings …</p>;
  return <p role="alert">The recordings in this page cannot be read: {decoded.why}</p>;
}

function Masthead({ figures: { comparison, profiles } }: { readonly figures: Figures }): JSX.Element {
  const { before, after, gainRatio, verdict, mismatches } = comparison;
  const job = profiles.after?.job ?? profiles.before?.job;
  return (
    <header class="masthead">
      <p class="masthead-gain">
        {job === undefined ? null : <>{job}: </>}
        {before.implementation} → {after.implementation},{' '}
        {mismatches.length > 0 ? (
          <strong>not comparable</strong>
        ) : gainRatio === null ? (
          <strong>{totalsText(comparison)}</strong>
        ) : (
          <>
            <strong>
              <Gain ratio={gainRatio.point} verdict={verdict}>
                {percent(gainRatio.point)}
              </Gain>
            </strong>{' '}
            efficiency gain
          </>
        )}
      </p>
      <ThemeChoice />
    </header>
  );
}

function ViewLinks({ state }: { readonly state: ViewState }): JSX.Element {
  return (
    <nav class="views" aria-label="Views">
      {PAGE_VIEWS.map(({ name, title }) => {
        const { window, thread, query, side } = state;
        const target = { ...FIRST_STATE, view: name, window, thread, query, side };
        return (
          <a key={name} href={hashOf(target)} aria-current={name === state.view ? 'page' : undefined}>
            {title}
          </a>
        );
      })}
    </nav>
  );
}

function ThemeChoice(): JSX.Element {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <fieldset class="choice theme">
      <legend class="visually-hidden">Colours</legend>
      {THEMES.map((one) => (
        <button
          key={one}
          type="button"
          class="button"
          aria-pressed={theme === one}
          onClick={() => choose(one)}
        >
          {one === 'auto' ? 'Auto' : one === 'light' ? 'Light' : 'Dark'}
        </button>
      ))}
    </fieldset>
  );
}
