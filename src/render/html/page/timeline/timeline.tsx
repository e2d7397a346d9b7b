import './timeline.css';
import type { JSX } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { counted } from '../../../../base/counted.ts';
import type { Timeline } from '../../../../compare/timeline.ts';
import { adaptiveTime } from '../../../format.ts';
import type { Page, PageFrame, SideName } from '../../model.ts';
import { Choice } from '../parts/choice.tsx';
import type { ViewProps } from '../state.ts';
import { Brush } from './brush.tsx';
import { momentText } from './facts.ts';
import { ACTIVITIES, ACTIVITY_TITLES, laneMaker } from './lanes.ts';
import type { Moment } from './moments.ts';
import { SideChart } from './side-chart.tsx';
import { ThreadTable } from './thread-table.tsx';
import { useWindow } from './use-window.ts';

const SIDES = ['before', 'after'] as const;
const SCALES = [
  { value: 'same', title: 'The same for both' },
  { value: 'own', title: 'Each its own' },
] as const;

interface Pointed extends Moment {
  readonly side: SideName;
}

/** What every thread did and waited for, both sides on one clock; a part of it, once chosen, is what all views show. */
export function TimelineView({ page, state, navigate }: ViewProps): JSX.Element {
  const [window, brush] = useWindow({ state, navigate });
  const [pointed, point] = useState<Pointed | null>(null);
  const id = useId();
  const longestMs = Math.max(...SIDES.map((side) => runMsOf(page, side)));
  const scale = state.own.scale === 'own' ? 'own' : 'same';
  const { comparison } = page.data;
  return (
    <>
      <div class="controls">
        <Choice
          label="Scale"
          options={SCALES}
          chosen={scale}
          choose={(chosen) => navigate({ own: { ...state.own, scale: chosen } })}
        />
      </div>
      <Brush spanMs={longestMs} window={window} change={brush} />
      <p class="timeline-told" aria-live="polite">
        {pointed === null ? (
          'Point at a thread, or go along it with the arrow keys, to read what it did.'
        ) : (
          <Told {...{ page, pointed }} spanMs={scale === 'same' ? longestMs : runMsOf(page, pointed.side)} />
        )}
      </p>
      {SIDES.map((side) => {
        const runMs = runMsOf(page, side);
        const timeline = comparison.timelines?.[side] ?? NO_TIMELINE;
        const title = `${side === 'before' ? 'Before' : 'After'}: ${comparison[side].implementation}, ${adaptiveTime(runMs)}`;
        return (
          <section key={side} class="timeline-side" aria-labelledby={`${id}-${side}`}>
            <h2 id={`${id}-${side}`}>{title}</h2>
            <SideChart
              label={`${title}, ${counted(timeline.threads.length, 'thread')}`}
              timeline={timeline}
              recording={page.recordings[side]}
              spanMs={scale === 'same' ? longestMs : runMs}
              window={window}
              brush={brush}
              moment={pointed?.side === side ? pointed : null}
              point={(moment) => point(moment === null ? null : { ...moment, side })}
            />
            <ThreadTable id={`${id}-${side}-table`} timeline={timeline} />
          </section>
        );
      })}
      <Legend />
      <Sources page={page} />
    </>
  );
}

function runMsOf({ data, recordings }: Page, side: SideName): number {
  return recordings[side]?.runMs ?? data.comparison.timelines?.[side]?.wallMs ?? 0;
}

/** So finely a moment is told. */
const SLICES = 1000;

/** What is known of a moment of a thread. */
function Told({ page, pointed, spanMs }: { page: Page; pointed: Pointed; spanMs: number }): JSX.Element {
  const { side, lane, atMs } = pointed;
  const recording = page.recordings[side];
  const thread = recording?.threads[lane] ?? null;
  const timeline = page.data.comparison.timelines?.[side] ?? NO_TIMELINE;
  const account = timeline.threads[lane];
  const frames = recording?.frames ?? NO_FRAMES;
  const runMs = runMsOf(page, side);
  const shown = useMemo(
    () =>
      account === undefined
        ? null
        : laneMaker({ account, thread, frames, runMs })({ startMs: 0, endMs: spanMs, count: SLICES }),
    [account, thread, frames, runMs, spanMs],
  );
  return <>{shown === null ? '' : momentText({ lane: shown, spanMs, atMs }, { thread, frames })}</>;
}

/** Of profiles that have none, for which this view is not shown. */
const NO_TIMELINE: Timeline = { wallMs: 0, threads: [], criticalPath: [], imbalance: null, helpers: null };
const NO_FRAMES: readonly PageFrame[] = [];

function Legend(): JSX.Element {
  return (
    <ul class="flame-legend" aria-label="Patterns">
      {ACTIVITIES.map((activity) => (
        <li key={activity}>
          <span class={`flame-swatch timeline-${activity}`} aria-hidden="true" />
          {ACTIVITY_TITLES[activity]}
        </li>
      ))}
      <li>
        <span class="timeline-path" aria-hidden="true" />
        what the end of the run waited for
      </li>
    </ul>
  );
}

/** Where the picture comes from, which is not the same for every run. */
function Sources({ page: { data, recordings } }: { readonly page: Page }): JSX.Element {
  const { timelines } = data.comparison;
  const kernel = SIDES.every((side) =>
    (timelines?.[side] ?? NO_TIMELINE).threads.some(({ story }) => story?.onCpu !== null && story !== null),
  );
  const recorded = SIDES.every((side) => recordings[side] !== null);
  return (
    <p class="note">
      {recorded
        ? 'Idle time and garbage collection are of the samples of the median run a side'
        : 'The recordings are not in this page: the picture is of the reports’ own slices'}
      ;{' '}
      {kernel
        ? 'work, queueing for a core and waiting are told apart by the kernel’s accounts, in sixty slices a run.'
        : 'the kernel’s accounts are not there for every side: where they are not, waiting within a function counts as work.'}
    </p>
  );
}
