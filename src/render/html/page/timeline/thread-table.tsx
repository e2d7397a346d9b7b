import type { JSX } from 'preact';
import type { Timeline } from '../../../../compare/timeline.ts';
import { escapeTerminal } from '../../../escape.ts';
import { adaptiveTime } from '../../../format.ts';
import { clockTime } from '../parts/clock-time.ts';
import { Value } from '../parts/figure-value.tsx';
import { ScrolledTable } from '../parts/picture.tsx';
import { waitedText } from './facts.ts';

const COLUMNS = [
  'Thread',
  'Starts at',
  'Ends at',
  'First useful sample',
  'On a CPU',
  'Waited',
  'While it waited, at work',
  'Idle at its end',
];

/** What the picture of a side's threads says, in figures. */
export function ThreadTable({
  id,
  timeline,
}: {
  readonly id: string;
  readonly timeline: Timeline;
}): JSX.Element {
  const { threads, criticalPath, imbalance, helpers } = timeline;
  const shownHelpers = helpers?.filter(({ cpuMs }) => cpuMs >= 1) ?? [];
  return (
    <details class="picture-table" open={false}>
      <summary id={id}>As a table</summary>
      <ScrolledTable
        labelledBy={id}
        columns={COLUMNS}
        rows={threads.map((thread) => [
          escapeTerminal(thread.name),
          <Value key="start" of={thread.startMs} as={clockTime} />,
          <Value key="end" of={thread.endMs} as={adaptiveTime} />,
          <Value key="useful" of={thread.startUpMs} as={(ms) => `after ${adaptiveTime(ms)}`} />,
          <Value key="cpu" of={thread.cpuMs} as={adaptiveTime} />,
          <Value key="waited" of={thread.waitingMs} as={adaptiveTime} />,
          waitedText(thread),
          <Value key="idle" of={thread.idleAtEndMs} as={adaptiveTime} />,
        ])}
      />
      {criticalPath.length === 0 ? null : (
        <p>
          The end of the run waited for:{' '}
          {criticalPath
            .map(({ name, startMs, endMs }) => `${escapeTerminal(name)} ${adaptiveTime(endMs - startMs)}`)
            .join(', ')}
          .
        </p>
      )}
      {imbalance === null ? null : (
        <p>The busiest worker worked {imbalance.toFixed(2)} times as long as the workers’ mean.</p>
      )}
      {shownHelpers.length === 0 ? null : (
        <p>
          Besides, on a CPU:{' '}
          {shownHelpers.map(({ name, cpuMs }) => `${escapeTerminal(name)} ${adaptiveTime(cpuMs)}`).join(', ')}
          .
        </p>
      )}
    </details>
  );
}
