import { BYTES_PER_GIB } from '../base/units.ts';
import type { Estimate } from '../stats/estimate.ts';
import { hodgesLehmannShift } from '../stats/shift.ts';
import type { BenchMode } from './bench-report.ts';
import type { Environment } from './profile-report.ts';
import { DEFAULT_SESSION_MARGIN, interleavedRemedy, sessionVerdict } from './session-verdict.ts';
import type { StoredRun } from './stored-runs.ts';
import { gainOf, type Verdict } from './verdict.ts';

/** What must be the same for two times to be of one line. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  /** Rounded, since kernels of one machine differ by some MiB; in GiB. */
  readonly memoryGib: number;
  readonly nodeMajor: string;
}

export type Change = 'slower' | 'faster';

export interface HistoryPoint {
  readonly startedAt: string;
  readonly kind: StoredRun['kind'];
  readonly file: string;
  readonly commit: string | null;
  readonly node: string;
  /** Processes that it was measured in. */
  readonly runs: number;
  readonly wallMs: Estimate;
  /** Against the point before; null where no difference beyond the margin between sessions was shown. */
  readonly change: Change | null;
  /** The same, with what to do next; null for the first. */
  readonly verdict: Verdict | null;
}

/** The runs of one implementation with one input on one machine, the earliest first. */
export interface HistorySeries {
  readonly implementation: string;
  readonly mode: BenchMode;
  readonly input: Readonly<Record<string, unknown>>;
  readonly machine: Machine;
  /** How far two sessions may lie apart without a change; the tolerance where that is larger. */
  readonly marginRatio: number;
  /** How many earlier ones were left out for the limit. */
  readonly earlier: number;
  readonly points: readonly HistoryPoint[];
}

export interface HistoryReport {
  readonly schemaVersion: 1;
  readonly kind: 'history';
  readonly job: string;
  /** null: all of them. */
  readonly implementation: string | null;
  /** Runs of before it are left out; null: none is. */
  readonly since: string | null;
  readonly toleranceRatio: number;
  readonly series: readonly HistorySeries[];
  /** Files that bear the name of such a report and could not be used, and why. */
  readonly passedOver: readonly string[];
}

export interface KeptRun extends StoredRun {
  readonly file: string;
}

export interface SeriesQuestion {
  readonly toleranceRatio: number;
  /** The most points of a series. */
  readonly limit: number;
  /** How far apart two sessions measure the same program, where a run was measured. */
  readonly sessionMarginOf?: (run: KeptRun) => number;
}

/** Lines that may be looked at as one: other machines, inputs and modes are others. */
export function seriesOf(
  runs: readonly KeptRun[],
  { toleranceRatio, limit, sessionMarginOf = () => DEFAULT_SESSION_MARGIN }: SeriesQuestion,
): HistorySeries[] {
  const groups = Map.groupBy(runs, keyOf);
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first, ...others] = measuredOnce(group).toSorted((a, b) => startOf(a) - startOf(b));
      if (first === undefined) return [];
      const marginRatio = Math.max(toleranceRatio, sessionMarginOf(first));
      const points = pointsOf([first, ...others], marginRatio);
      const { implementation, mode, input, environment } = first;
      return {
        implementation,
        mode,
        input,
        machine: machineOf(environment),
        marginRatio,
        earlier: Math.max(0, points.length - limit),
        points: points.slice(-limit),
      };
    });
}

/** `gain` and `check` store what a bench has measured in the profiles beside it too: those are the same runs. */
function measuredOnce(runs: readonly KeptRun[]): KeptRun[] {
  const timesOf = ({ timesMs }: KeptRun) => timesMs.toSorted((a, b) => a - b).join(' ');
  const benched = new Set(runs.filter(({ kind }) => kind === 'bench').map(timesOf));
  return runs.filter((run) => run.kind === 'bench' || !benched.has(timesOf(run)));
}

function pointsOf(runs: readonly KeptRun[], marginRatio: number): HistoryPoint[] {
  return runs.map((run, index) => {
    const { startedAt, kind, file, environment, timesMs, wallMs } = run;
    const earlier = runs[index - 1];
    const verdict = earlier === undefined ? null : verdictBetween(earlier, run, marginRatio);
    return {
      startedAt,
      kind,
      file,
      commit: environment.gitCommit,
      node: environment.node,
      runs: timesMs.length,
      wallMs,
      change: verdict?.kind === 'slower' || verdict?.kind === 'faster' ? verdict.kind : null,
      verdict,
    };
  });
}

/** Two sessions of one implementation, by the shift between their runs. */
function verdictBetween(before: KeptRun, after: KeptRun, marginRatio: number): Verdict {
  const logs = ({ timesMs }: KeptRun) => timesMs.map(Math.log);
  const side = ({ implementation, environment }: KeptRun) => ({
    implementation,
    commit: environment.gitCommit,
  });
  return sessionVerdict(gainOf(hodgesLehmannShift({ before: logs(before), after: logs(after) })), {
    marginRatio,
    remedy: interleavedRemedy(side(before), side(after)),
  });
}

function machineOf({ cpu, cores, platform, memoryBytes, node }: Environment): Machine {
  const [nodeMajor = ''] = node.split('.');
  return { cpu, cores, platform, memoryGib: Math.round(memoryBytes / BYTES_PER_GIB), nodeMajor };
}

function keyOf({ implementation, mode, input, environment }: KeptRun): string {
  const { cpu, cores, platform, memoryGib, nodeMajor } = machineOf(environment);
  return JSON.stringify(
    [implementation, mode, input, platform, cpu, cores, memoryGib, nodeMajor],
    sortedKeys,
  );
}

/** For JSON.stringify: objects that differ in the order of their keys alone are equal. */
function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function startOf({ startedAt }: StoredRun): number {
  return Date.parse(startedAt);
}
