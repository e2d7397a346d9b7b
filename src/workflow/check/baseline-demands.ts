/** Rules that a stored baseline's time and memory are judged by: unpaired, and the time scaled. */
import type { BaselineTrust, JobBaseline } from '../../compare/baseline.ts';
import { judgeAtMost, slowdownOf } from '../../compare/check-report.ts';
import { CHECK_CONFIDENCE } from '../../compare/check-rules.ts';
import { gainOf } from '../../compare/verdict.ts';
import { median } from '../../stats/median.ts';
import { hodgesLehmannShift } from '../../stats/shift.ts';
import type { Attempt, Demand, Finding } from './demand.ts';
import type { OverReference } from './over-reference.ts';

interface Stored {
  readonly baseline: JobBaseline;
  readonly subject: string;
  readonly measured: (attempt: Attempt) => Promise<OverReference>;
}

/** Where the settings say nothing; peak memory differs by a few per cent from run to run. */
const MEMORY_GROWTH = 0.1;
/**
 * By how much the scaled time of unchanged code may differ between two sittings on one machine, which a limit of time
 * is widened by: the reference work feels a neighbour's load otherwise than the job does.
 */
const SITTINGS_DIFFER = 0.25;

/** Growth of peak memory. */
export function memoryAgainstBaseline(
  { baseline, subject, measured }: Stored,
  { limit, trust }: { readonly limit: number | null; readonly trust: BaselineTrust['memory'] },
): Demand {
  return storedDemand({
    ...{
      name: 'maxMemory',
      subject,
      limit: limit ?? MEMORY_GROWTH,
      reservation: trust.mayFail ? null : trust.why,
    },
    look: async (attempt) => {
      const { peakRssBytes, file } = await measured(attempt);
      return { before: baseline.peakRssBytes, after: peakRssBytes, file, figures: 'bytes', scale: 1 };
    },
  });
}

/** Growth of the time, both in units of the reference work's. */
export function timeAgainstBaseline(
  { baseline, subject, measured }: Stored,
  { limit, trust }: { readonly limit: number; readonly trust: BaselineTrust['time'] },
): Demand {
  return storedDemand({
    ...{
      name: 'maxSlowdown',
      subject,
      limit: limit + SITTINGS_DIFFER,
      reservation: trust.mayFail ? null : trust.why,
    },
    look: async (attempt) => {
      const { timeOverReference, wallMs, file } = await measured(attempt);
      const scale = wallMs / median(timeOverReference);
      return { before: baseline.timeOverReference, after: timeOverReference, file, figures: 'ms', scale };
    },
  });
}

interface StoredLook {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly figures: 'bytes' | 'ms';
  /** What the values are multiplied with to be figures here. */
  readonly scale: number;
  readonly file: string;
}

interface StoredDemand extends Omit<Demand, 'pattern' | 'falseAlarmRate' | 'look'> {
  readonly look: (attempt: Attempt) => Promise<StoredLook>;
}

function storedDemand({ look, ...demand }: StoredDemand): Demand {
  return {
    ...demand,
    pattern: null,
    // What two sittings differ by is no chance that could be given a rate: the margins above stand for it.
    falseAlarmRate: 0,
    look: async (attempt): Promise<Finding> => {
      const { before, after, figures, scale, file } = await look(attempt);
      const shift = hodgesLehmannShift({ before: before.map(Math.log), after: after.map(Math.log) });
      const measured = slowdownOf(gainOf(shift));
      const verdict =
        measured.confidenceLevel < CHECK_CONFIDENCE ? 'inconclusive' : judgeAtMost(measured, demand.limit);
      return {
        verdict,
        measured,
        figures: { unit: figures, before: median(before) * scale, after: median(after) * scale },
        pairs: after.length,
        why: demand.reservation,
        file,
      };
    },
  };
}
