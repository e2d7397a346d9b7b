import type { JSX } from 'preact';
import { adaptiveTime, timeSpan } from '../../format.ts';
import type { ViewProps } from './state.ts';

/** Says that only a part of the runs is shown, and takes it back. */
export function Brushed({ page, state, navigate }: ViewProps): JSX.Element | null {
  const { window, thread } = state;
  if (window === null && thread === 'all') return null;
  const names = [page.recordings.before, page.recordings.after].map((recording) =>
    thread === 'all' ? undefined : recording?.threads[thread]?.name,
  );
  const named = [...new Set(names.filter((name) => name !== undefined))].join(' and ');
  return (
    <p class="brushed" role="status">
      <span>
        Only{' '}
        {window === null ? null : (
          <>
            {timeSpan(window.startMs, window.endMs)} of each run
            {` (${adaptiveTime(window.endMs - window.startMs)})`}
          </>
        )}
        {window !== null && thread !== 'all' ? ', ' : null}
        {thread === 'all' ? null : <>thread {named === '' ? thread : named}</>}
      </span>
      <button type="button" class="button" onClick={() => navigate({ window: null, thread: 'all' })}>
        Show all
      </button>
    </p>
  );
}
