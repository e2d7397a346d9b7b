import type { CapturedRun } from '../../capture/run-in-child.ts';
import { type CountedFunction, withMoreRuns } from '../../compare/call-counts.ts';
import { countedRuns } from '../../compare/counted-functions.ts';
import type { FileNames } from '../../compare/profile-summary.ts';
import type { Implementation } from '../../store/implementations.ts';
import { builtScriptsOf } from '../built-scripts.ts';
import { type PassRequest, repeat, rootsOf } from '../profile.ts';
import { countsOf, fileNames, lostCounts } from '../profile-assembly.ts';
import { type Attempt, onceEach } from './demand.ts';

/** With two, a function whose calls differ from run to run is mostly seen to do so. */
const COUNTING_RUNS = 2;

export type CountRequest = Omit<PassRequest, 'implementation'>;

/** What counting runs of one side gave. */
export interface Counted {
  readonly runs: readonly CapturedRun[];
  readonly functions: readonly CountedFunction[];
  readonly names: FileNames;
  /** Why the counts of a run are not complete; null where they are. */
  readonly lost: string | null;
}

/** Exact counts of one side; the second attempt's stand beside those of the first. */
export function counting(request: CountRequest, implementation: Implementation) {
  const counted = onceEach(async (attempt: Attempt): Promise<Counted> => {
    const first = attempt === 0 ? null : await counted(0);
    const runs = await repeat({ ...request, implementation }, { kind: 'counting' }, COUNTING_RUNS);
    const built = await builtScriptsOf(runs);
    const names = fileNames({ roots: rootsOf(request.root, implementation), built });
    const functions = countedRuns(
      runs.map(({ threads }) => threads.map(countsOf)),
      names,
    );
    return {
      runs: [...(first?.runs ?? []), ...runs],
      functions: first === null ? functions : withMoreRuns(first.functions, functions),
      names,
      lost: first?.lost ?? runs.map(lostCounts).find((why) => why !== null) ?? null,
    };
  });
  return counted;
}
