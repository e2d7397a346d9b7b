import { BYTES_PER_GIB } from '../base/units.ts';
import type { Estimate } from '../stats/estimate.ts';
import type { BenchMode } from './bench-report.ts';
import type { Environment } from './profile-report.ts';
import type { StoredRun } from './stored-runs.ts';

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
  /** Against the point before; null where the two intervals do not lie apart by more than the tolerance. */
  readonly change: Change | null;
}

/** The runs of one implementation with one input on one machine, the earliest first. */
export interface HistorySeries {
  readonly implementation: string;
  readonly mode: BenchMode;
  readonly input: Readonly<Record<string, unknown>>;
  readonly machine: Machine;
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

/** Lines that may be looked at as one: other machines, inputs and modes are others. */
export function seriesOf(
  runs: readonly KeptRun[],
  { toleranceRatio, limit }: { readonly toleranceRatio: number; readonly limit: number },
): HistorySeries[] {
  const groups = Map.groupBy(runs, keyOf);
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first, ...others] = measuredOnce(group).toSorted((a, b) => startOf(a) - startOf(b));
      if (first === undefined) return [];
      const points = pointsOf([first, ...others], toleranceRatio);
      const { implementation, mode, input, environment } = first;
      return {
        implementation,
        mode,
        input,
        machine: machineOf(environment),
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

function pointsOf(runs: readonly KeptRun[], toleranceRatio: number): HistoryPoint[] {
  return runs.map(({ startedAt, kind, file, environment, timesMs, wallMs }, index) => {
    const earlier = runs[index - 1];
    return {
      startedAt,
      kind,
      file,
      commit: environment.gitCommit,
      node: environment.node,
      runs: timesMs.length,
      wallMs,
      change: earlier === undefined ? null : changeBetween(earlier.wallMs, wallMs, toleranceRatio),
    };
  });
}

/** One run shows no spread, so that nothing can be said of it. */
function changeBetween(before: Estimate, after: Estimate, toleranceRatio: number): Change | null {
  if (before.confidenceLevel === 0 || after.confidenceLevel === 0) return null;
  if (after.low > before.high * (1 + toleranceRatio)) return 'slower';
  return after.high < before.low * (1 - toleranceRatio) ? 'faster' : null;
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
