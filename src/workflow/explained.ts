import type { RunResult } from '../capture/child/messages.ts';
import { type Comparison, compareProfiles } from '../compare/comparison.ts';
import type { OutputRule } from '../compare/mismatches.ts';
import { pairedResult } from '../compare/paired-result.ts';
import type { ArtefactFolders } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Stored } from '../store/reports.ts';
import type { StoredBench } from './bench.ts';
import type { Subject } from './bench-round.ts';
import { type ProfileProgress, passesInTurns, type StoredProfile, storedProfile } from './profile.ts';
import type { TimingRun } from './profile-assembly.ts';

export interface SamplingRequest extends Subject, ArtefactFolders {
  readonly samplingRuns: number;
  readonly intervalUs: number;
  readonly toleranceRatio: number;
  readonly progress: ProfileProgress;
}

/** What is known of two sides before they are sampled; one of each by side. */
interface MeasuredSides {
  readonly startedAt: Date;
  readonly sides: readonly Implementation[];
  readonly counting: readonly RunResult[];
  readonly bench: Pick<StoredBench, 'report' | 'rounds'>;
  /** What was found of their outputs before. */
  readonly outputs: OutputRule;
}

/** Both sides as they are stored, and what they and the pairs say together. */
export interface Explained {
  readonly before: Stored;
  readonly after: Stored;
  readonly comparison: Comparison;
}

/** Samples both sides in turns, and stores a profile of each. */
export async function explained(request: SamplingRequest, measured: MeasuredSides): Promise<Explained> {
  const { startedAt, sides, counting, bench, outputs } = measured;
  const { samplingRuns, intervalUs } = request;
  const pass = { kind: 'sampling', intervalUs } as const;
  const sampling = await passesInTurns({ ...request, sides }, pass, samplingRuns);
  const stored: StoredProfile[] = [];
  for (const [index, implementation] of sides.entries()) {
    const [counted, sampled] = [counting[index], sampling[index]];
    if (counted === undefined || sampled === undefined)
      throw new RangeError(`nothing was measured of ${implementation.name}`);
    const timing = bench.rounds.flatMap((round): TimingRun[] => {
      const timed = round.cells[index];
      return timed === undefined ? [] : [timed.timing];
    });
    const runs = { timing, sampling: sampled, counting: counted };
    stored.push(await storedProfile({ ...request, implementation, startedAt }, async () => runs));
  }
  const [old, now] = stored;
  const paired = pairedResult(bench.report, sides[1]?.name ?? '');
  if (old === undefined || now === undefined || paired === null) throw new RangeError('nothing was measured');
  const [before, after] = [storedAs(old), storedAs(now)];
  const comparison = compareProfiles(before, after, {
    toleranceRatio: request.toleranceRatio,
    outputs,
    paired,
  });
  return { before, after, comparison };
}

function storedAs({ jsonFile, report }: StoredProfile) {
  return { kind: 'report', file: jsonFile, report } as const;
}
