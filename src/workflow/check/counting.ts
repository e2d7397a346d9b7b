import type { CapturedRun } from '../../capture/run-in-child.ts';
import { type CountedFunction, withMoreRuns } from '../../compare/call-counts.ts';
import { countedRuns } from '../../compare/counted-functions.ts';
import type { FileNames } from '../../compare/profile-summary.ts';
import type { Implementation } from '../../store/implementations.ts';
import { builtScriptsOf } from '../built-scripts.ts';
import { type PassRequest, repeat, rootsOf } from '../profile.ts';
import { countsOf, fileNames, lostCounts } from '../profile-assembly.ts';
import { type Attempt, onceEach } from './demand.ts';

/** With two, a job whose calls differ from run to run is mostly seen to do so. */
const FEW_RUNS = 2;
/** With six a side, the rank test reaches 0.1 %. */
export const MANY_RUNS = 6;

/** Some counting runs: the first few of an attempt, or as many as a rank test needs. */
export interface Batch {
  readonly attempt: Attempt;
  readonly isMany: boolean;
}

export interface Counting {
  /** The first few runs. */
  (attempt: Attempt): Promise<Counted>;
  of(batch: Batch): Promise<Counted>;
  /** Why the counts of any run so far are not complete; null where they are. */
  lost(): string | null;
}

export type CountRequest = Omit<PassRequest, 'implementation'>;

/** What counting runs of one side gave. */
export interface Counted {
  readonly runs: readonly CapturedRun[];
  readonly functions: readonly CountedFunction[];
  readonly names: FileNames;
  /** Why the counts of a run are not complete; null where they are. */
  readonly lost: string | null;
}

/** Exact counts of one side. The runs of the second attempt are fresh; more runs stand beside the first of their attempt. */
export function counting(request: CountRequest, implementation: Implementation): Counting {
  let lost: string | null = null;
  const count = async (runCount: number): Promise<Counted> => {
    const runs = await repeat({ ...request, implementation }, { kind: 'counting' }, runCount);
    const built = await builtScriptsOf(runs);
    const names = fileNames({ roots: rootsOf(request.root, implementation), built });
    const functions = countedRuns(
      runs.map(({ threads }) => threads.map(countsOf)),
      names,
    );
    lost ??= runs.map(lostCounts).find((why) => why !== null) ?? null;
    return { runs, functions, names, lost };
  };
  const few = onceEach(() => count(FEW_RUNS));
  const many = onceEach(async (attempt): Promise<Counted> => {
    const first = await few(attempt);
    const more = await count(MANY_RUNS - FEW_RUNS);
    return {
      runs: [...first.runs, ...more.runs],
      functions: withMoreRuns(first.functions, more.functions),
      names: more.names,
      lost: first.lost ?? more.lost,
    };
  });
  const of = ({ attempt, isMany }: Batch) => (isMany ? many(attempt) : few(attempt));
  return Object.assign((attempt: Attempt) => few(attempt), { of, lost: () => lost });
}
