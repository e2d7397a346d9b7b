import type { Page, PageWindow, SideName } from '../model.ts';

export const VIEWS = [
  'summary',
  'flame',
  'functions',
  'timeline',
  'distributions',
  'packages',
  'environment',
] as const;
export type ViewName = (typeof VIEWS)[number];

/** What is looked at. It stands in the URL's hash, so that every picture is a link to itself. */
export interface ViewState {
  readonly view: ViewName;
  readonly side: SideName | 'diff';
  /** A thread's index within its side, main 0; `all` for all of them together. */
  readonly thread: number | 'all';
  /** What is searched for, as it was typed. */
  readonly query: string;
  /** A brushed part of the runs; every view shows only that. */
  readonly window: PageWindow | null;
  /** What one view alone knows, such as what it is sorted by or zoomed to; gone when the view is left. */
  readonly own: Readonly<Record<string, string>>;
}

/** What every view is given. */
export interface ViewProps {
  readonly page: Page;
  readonly state: ViewState;
  readonly navigate: (change: Partial<ViewState>) => void;
}

export const FIRST_STATE: ViewState = {
  view: 'summary',
  side: 'diff',
  thread: 'all',
  query: '',
  window: null,
  own: {},
};

const SIDES = ['before', 'after', 'diff'] as const;
const KNOWN = new Set(['side', 'thread', 'q', 'from', 'to']);

/** The state that a hash such as `#flame?side=after&thread=0&q=parse&from=10.5&to=20` names; what is not understood is as at first. */
export function parseHash(hash: string): ViewState {
  const [name = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const view = VIEWS.find((known) => known === name);
  if (view === undefined) return FIRST_STATE;
  const given = new URLSearchParams(search);
  const thread = given.get('thread') ?? '';
  return {
    view,
    side: SIDES.find((known) => known === given.get('side')) ?? FIRST_STATE.side,
    thread: /^\d{1,6}$/.test(thread) ? Number(thread) : 'all',
    query: given.get('q') ?? '',
    window: windowOf(given.get('from'), given.get('to')),
    own: Object.fromEntries([...given].filter(([key]) => !KNOWN.has(key))),
  };
}

export function hashOf({ view, side, thread, query, window, own }: ViewState): string {
  const given = new URLSearchParams();
  if (side !== FIRST_STATE.side) given.set('side', side);
  if (thread !== 'all') given.set('thread', String(thread));
  if (query !== '') given.set('q', query);
  if (window !== null) {
    given.set('from', String(roundedMs(window.startMs)));
    given.set('to', String(roundedMs(window.endMs)));
  }
  for (const [key, value] of Object.entries(own)) given.set(key, value);
  const search = given.toString();
  return search === '' ? `#${view}` : `#${view}?${search}`;
}

function windowOf(from: string | null, to: string | null): PageWindow | null {
  if (from === null || to === null) return null;
  const [startMs, endMs] = [Number(from), Number(to)];
  return startMs >= 0 && endMs > startMs && Number.isFinite(endMs) ? { startMs, endMs } : null;
}

/** To the microsecond, which is what samples are told to. */
function roundedMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
