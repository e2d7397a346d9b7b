import './environment.css';
import type { JSX } from 'preact';
import type { ProfileReport } from '../../../../compare/profile-report.ts';
import { comparisonMarkdown } from '../../../export/markdown.ts';
import { adaptiveTime, mebibytes, milliseconds, whole } from '../../../format.ts';
import type { ProfileFacts } from '../../model.ts';
import type { Figures } from '../embedded.ts';
import { Value } from '../parts/figure-value.tsx';
import { ScrolledTable } from '../parts/picture.tsx';
import { shownName } from '../parts/place.tsx';
import type { ViewProps } from '../state.ts';
import { Copyable } from './copyable.tsx';

/** What was measured with, what the profiles say of their making, and the figures to take along. */
export function EnvironmentView({ page: { data } }: ViewProps): JSX.Element {
  const { before, after } = data.profiles;
  return (
    <>
      <h2 id="environment">What was measured</h2>
      {before === null || after === null ? (
        <p class="note">
          Two recordings, {data.comparison.before.file} and {data.comparison.after.file}: a .cpuprofile does
          not tell of machine, input or runs.
        </p>
      ) : (
        <>
          <ScrolledTable
            words
            labelledBy="environment"
            columns={['', data.comparison.before.implementation, data.comparison.after.implementation]}
            rows={ROWS.map(({ what, read }) => {
              const [left, right] = [read(before), read(after)];
              return [what, left, left === right ? <span class="same">the same</span> : right];
            })}
          />
          <h2 id="runs">How long it took</h2>
          <ScrolledTable
            labelledBy="runs"
            columns={['', data.comparison.before.implementation, data.comparison.after.implementation]}
            rows={TIMES.map(({ what, read, as }) => [
              what,
              <Value key="before" of={read(before)} as={as} />,
              <Value key="after" of={read(after)} as={as} />,
            ])}
          />
          <Threads
            title={`Threads of ${data.comparison.before.implementation}`}
            id="threads-before"
            profile={before}
          />
          <Threads
            title={`Threads of ${data.comparison.after.implementation}`}
            id="threads-after"
            profile={after}
          />
        </>
      )}
      <Bench bench={data.bench} />
      <h2>The figures to take along</h2>
      <Copyable title="As markdown, for a pull request" text={() => comparisonMarkdown(data.comparison)} />
      <Copyable title="As JSON, all but the recordings" text={() => JSON.stringify(data, null, 1)} />
    </>
  );
}

const ROWS: readonly { readonly what: string; readonly read: (profile: ProfileFacts) => string }[] = [
  { what: 'job', read: ({ job }) => shownName(job) },
  { what: 'started', read: ({ startedAt }) => startedAt },
  { what: 'input', read: ({ input }) => shownName(JSON.stringify(input)) },
  { what: 'Node', read: ({ environment }) => environment.node },
  { what: 'V8', read: ({ environment }) => environment.v8 },
  { what: 'platform', read: ({ environment }) => environment.platform },
  { what: 'CPU', read: ({ environment: { cpu, cores } }) => `${shownName(cpu)}, ${cores} cores` },
  { what: 'memory', read: ({ environment }) => mebibytes(environment.memoryBytes) },
  { what: 'commit', read: ({ environment }) => environment.gitCommit ?? 'not known' },
  {
    what: 'output',
    read: ({ output }) => `${whole(output.sizeBytes)} bytes, sha256 ${output.sha256.slice(0, 16)}…`,
  },
  { what: 'sampled every', read: ({ sampling }) => `${sampling.intervalUs} µs` },
  { what: 'sampling runs', read: ({ sampling }) => String(sampling.wallRunsMs.length) },
  { what: 'timing runs', read: ({ timing }) => String(timing.runsMs.length) },
];

interface TimeRow {
  readonly what: string;
  readonly read: (profile: ProfileFacts) => number;
  readonly as: (value: number) => string;
}

const TIMES: readonly TimeRow[] = [
  { what: 'run (median)', read: ({ timing }) => timing.wallMs.point, as: adaptiveTime },
  { what: 'CPU, all threads (median)', read: ({ timing }) => timing.cpuMs.point, as: adaptiveTime },
  { what: 'import, not part of the run', read: ({ timing }) => timing.importMs.point, as: adaptiveTime },
  { what: 'setup, not part of the run', read: ({ timing }) => timing.setupMs.point, as: adaptiveTime },
  { what: 'peak memory', read: ({ timing }) => timing.peakRssBytes.point, as: mebibytes },
  { what: 'sampled, all threads', read: ({ sampling }) => sampling.sampledMs, as: adaptiveTime },
  {
    what: 'the sampled run',
    read: ({ sampling }) => sampling.wallRunsMs[sampling.medianRun] ?? 0,
    as: adaptiveTime,
  },
];

interface ThreadsProps {
  readonly title: string;
  readonly id: string;
  readonly profile: Pick<ProfileReport, 'threads' | 'helpers' | 'warnings'>;
}

function Threads({ title, id, profile: { threads, helpers, warnings } }: ThreadsProps): JSX.Element {
  return (
    <>
      <h2 id={id}>{title}</h2>
      <ScrolledTable
        labelledBy={id}
        columns={['thread', 'life', 'CPU', 'waiting', 'samples']}
        rows={[
          ...threads.map(({ name, wallMs, cpuMs, waitingMs, samples }) => [
            shownName(name),
            <Value key="wall" of={wallMs} as={milliseconds} />,
            <Value key="cpu" of={cpuMs} as={milliseconds} />,
            <Value key="waiting" of={waitingMs} as={milliseconds} />,
            <Value key="samples" of={samples} as={whole} />,
          ]),
          ...(helpers ?? []).map(({ name, cpuMs }) => [
            shownName(name),
            '',
            <Value key="cpu" of={cpuMs} as={milliseconds} />,
            '',
            '',
          ]),
        ]}
      />
      {warnings.map((warning) => (
        <p key={warning} class="note">
          {shownName(warning)}
        </p>
      ))}
    </>
  );
}

function Bench({ bench }: Pick<Figures, 'bench'>): JSX.Element | null {
  if (bench === null) return null;
  const { startedAt, elapsedMs, seed, stoppedBy, outputsEqual } = bench;
  return (
    <>
      <h2>The pairs</h2>
      <p>
        Started {startedAt}, {adaptiveTime(elapsedMs)} in all, seed {seed}; ended by {stoppedBy}; the outputs
        are {outputsEqual ? 'equal' : 'not equal'}.
      </p>
    </>
  );
}
