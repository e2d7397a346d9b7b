/** Rules that sampled time is judged by: the time in some functions, and a package's share. */
import { judgeAtMost, slowdownOf } from '../../compare/check-report.ts';
import { CHECK_CONFIDENCE } from '../../compare/check-rules.ts';
import { functionPattern } from '../../compare/function-pattern.ts';
import type { FileNames, SampledRun } from '../../compare/profile-summary.ts';
import { groupTimesMs, packageShares } from '../../compare/sampled-groups.ts';
import { gainOf } from '../../compare/verdict.ts';
import { median, medianEstimate } from '../../stats/median.ts';
import { hodgesLehmannShift } from '../../stats/shift.ts';
import type { Implementation } from '../../store/implementations.ts';
import type { SamplingRequest } from '../explained.ts';
import { passesInTurns } from '../profile.ts';
import { sampledRun } from '../profile-assembly.ts';
import type { Counted } from './counting.ts';
import { type Attempt, type Demand, type Finding, onceEach } from './demand.ts';

/** With six, the interval of a median reaches 96.9 %, that of a shift 95 % with the extremes cut off. */
const SAMPLING_RUNS = 6;

export interface SampledSide {
  readonly implementation: Implementation;
  /** Source maps are found in a counting run. */
  readonly counted: (attempt: Attempt) => Promise<Counted>;
}

interface Sampled {
  readonly runs: readonly SampledRun[];
  readonly names: FileNames;
}

export type SampleRequest = Omit<SamplingRequest, 'samplingRuns' | 'toleranceRatio'>;

/** Sampling runs of some sides in turns; one of each by side. */
export function sampling(request: SampleRequest, sides: readonly SampledSide[]) {
  return onceEach(async (): Promise<readonly Sampled[]> => {
    const names: FileNames[] = [];
    for (const { counted } of sides) names.push((await counted(0)).names);
    const implementations = sides.map(({ implementation }) => implementation);
    const pass = { kind: 'sampling', intervalUs: request.intervalUs } as const;
    const runs = await passesInTurns({ ...request, sides: implementations }, pass, SAMPLING_RUNS);
    return names.map((own, side) => ({ names: own, runs: (runs[side] ?? []).map(sampledRun) }));
  });
}

/** How much longer some functions were on the stack than before, with all that they call. */
export function patternSlowdown(
  sampled: (attempt: Attempt) => Promise<readonly Sampled[]>,
  { pattern, limit, subject }: { readonly pattern: string; readonly limit: number; readonly subject: string },
): Demand {
  const isMeant = functionPattern(pattern);
  return {
    ...{ name: 'maxSlowdown', pattern, subject, limit, reservation: null },
    falseAlarmRate: (1 - CHECK_CONFIDENCE) / 2,
    look: async (attempt): Promise<Finding> => {
      const [before, after] = (await sampled(attempt)).map(({ runs, names }) =>
        groupTimesMs(runs, names, isMeant),
      );
      if (before === undefined || after === undefined) throw new RangeError('two sides are sampled');
      const figures = { unit: 'ms', before: median(before), after: median(after) } as const;
      const shared = { figures, pairs: after.length, file: null };
      // A ratio of nothing is none.
      if ([...before, ...after].some((ms) => ms === 0))
        return { ...shared, verdict: 'inconclusive', measured: null, why: NOT_SAMPLED };
      const shift = hodgesLehmannShift({ before: before.map(Math.log), after: after.map(Math.log) });
      const measured = slowdownOf(gainOf(shift));
      return { ...shared, verdict: judgeAtMost(measured, limit), measured, why: null };
    },
  };
}

const NOT_SAMPLED =
  'too little time is spent there, or no function has such a name: not every run has a sample of it';

/** Which part of the job's time a package may take. */
export function packageShare(
  sampled: (attempt: Attempt) => Promise<readonly Sampled[]>,
  { pattern, limit, subject }: { readonly pattern: string; readonly limit: number; readonly subject: string },
): Demand {
  return {
    ...{ name: 'maxShare', pattern, subject, limit, reservation: null },
    falseAlarmRate: (1 - CHECK_CONFIDENCE) / 2,
    look: async (attempt): Promise<Finding> => {
      const here = (await sampled(attempt)).at(-1);
      if (here === undefined) throw new RangeError('a side is sampled');
      const measured = medianEstimate(packageShares(here.runs, here.names, pattern));
      return {
        ...{ verdict: judgeAtMost(measured, limit), measured, figures: null },
        ...{ pairs: here.runs.length, why: null, file: null },
      };
    },
  };
}
