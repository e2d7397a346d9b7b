import type { Estimate } from '../stats/estimate.ts';
import { median } from '../stats/median.ts';
import { type ObservedParts, partsOf } from '../stats/parts.ts';
import type { BenchPair } from './bench-report.ts';
import type { ProfileReport } from './profile-report.ts';
import { queuedPart, runParts, type SideRuns, sideOfPairs, sideOfReport } from './split-sides.ts';
import { type RunParts, TERMS, termLogs } from './split-terms.ts';

/** One of the terms of a gain. */
export interface SplitPart {
  /** ln of its factor in Told/Tnew; the logs add up to ln(Told/Tnew). */
  readonly log: Estimate;
  /** Its part of Told − Tnew, ms; the parts add up to the difference. */
  readonly savedMs: Estimate;
}

/**
 * A gain as a sum without a remainder: less work (CPU time of all threads), more parallelism while somebody works, and
 * less waiting (time in which no thread was on a CPU). `split-terms.ts` has the formulas.
 */
export interface Split {
  readonly savedMs: number;
  readonly lessWork: SplitPart;
  /** More parallelism; where waiting is not known, what it contributes is in here too. */
  readonly moreCores: SplitPart;
  /** null where the system does not say how long threads waited. */
  readonly lessWaiting: SplitPart | null;
  /** CPU time over the time in which somebody worked, or over all of it where waiting is not known; the middle run's. */
  readonly parallelism: { readonly before: number; readonly after: number };
  /** The part of its time that the middle run waited, 0 to 1; null where it is not known. */
  readonly waitingRatio: { readonly before: number; readonly after: number } | null;
  /** The part of that waiting in which the main thread was in the queue for a CPU; null where it is not known. */
  readonly queueingRatio: { readonly before: number; readonly after: number } | null;
}

/** What is measured of each side, and the gain that the parts must make up. */
export interface SplitQuestion {
  readonly before: ProfileReport;
  readonly after: ProfileReport;
  readonly gainRatio: Estimate;
  /** Interleaved pairs; without them the reports' own runs are compared. */
  readonly pairs: readonly BenchPair[] | null;
}

interface Sides {
  readonly before: SideRuns;
  readonly after: SideRuns;
  readonly paired: boolean;
}

/** How serial each side's work is; null: not known. */
interface Shares {
  readonly before: number | null;
  readonly after: number | null;
}

/** @returns null where the CPU time of a side is not known, or too little to be measured */
export function splitOf(question: SplitQuestion): Split | null {
  const { before, gainRatio } = question;
  const sides = sidesOf(question);
  if (sides === null) return null;
  const [middle, ...bounds] = sharesOf(sides);
  const isKnown = middle.before !== null && middle.after !== null;
  if (!isKnown && ![sides.before, sides.after].every(isMeasured)) return null;
  const total = logOf(gainRatio);
  const parts = (serial: Shares) => partsOf(observed(sides, serial), total);
  const logs = widened(parts(middle), bounds.map(parts));
  const oldMs = before.timing.wallMs.point;
  const savedMs = oldMs * gainRatio.point;
  // The logarithmic mean of both times; where they are equal, that time itself.
  const meanMs = total.point === 0 ? oldMs : savedMs / total.point;
  const [lessWork, moreCores, lessWaiting] = logs.map((log) => ({ log, savedMs: scaled(log, meanMs) }));
  if (lessWork === undefined || moreCores === undefined || lessWaiting === undefined)
    throw new RangeError(`not ${TERMS.length} parts`);
  const shown = (read: (run: RunParts) => number) => ({
    before: median(runParts(sides.before, middle.before).map(read)),
    after: median(runParts(sides.after, middle.after).map(read)),
  });
  return {
    savedMs,
    lessWork,
    moreCores,
    lessWaiting: isKnown ? lessWaiting : null,
    parallelism: shown(({ wallMs, cpuMs, waitingMs }) => cpuMs / (wallMs - waitingMs)),
    waitingRatio: isKnown ? shown(({ wallMs, waitingMs }) => waitingMs / wallMs) : null,
    queueingRatio: queueingRatio(sides, middle),
  };
}

function queueingRatio({ before, after }: Sides, serial: Shares): Split['queueingRatio'] {
  const [old, now] = [queuedPart(before, serial.before), queuedPart(after, serial.after)];
  return old === null || now === null ? null : { before: old, after: now };
}

function sidesOf({ before, after, pairs }: SplitQuestion): Sides | null {
  const paired = pairs !== null;
  const old = paired ? sideOfPairs(pairs, 'before', before) : sideOfReport(before);
  const now = paired ? sideOfPairs(pairs, 'after', after) : sideOfReport(after);
  return old === null || now === null ? null : { before: old, after: now, paired };
}

function isMeasured({ runs }: SideRuns): boolean {
  return runs.every(({ cpuMs }) => cpuMs > 0);
}

/** The shares to work with, then each bound of one side with the other's middle. */
function sharesOf({
  before: { serialShare: old },
  after: { serialShare: now },
}: Sides): [Shares, ...Shares[]] {
  if (old === null || now === null) return [{ before: null, after: null }];
  const middle = { before: old.point, after: now.point };
  return [
    middle,
    { ...middle, before: old.low },
    { ...middle, before: old.high },
    { ...middle, after: now.low },
    { ...middle, after: now.high },
  ];
}

/** Each pair by itself; without pairs each run of a side against all of the other, and the means of that. */
function observed({ before, after, paired }: Sides, serial: Shares): ObservedParts {
  const [olds, news] = [runParts(before, serial.before), runParts(after, serial.after)];
  if (paired) {
    const logs = olds.flatMap((old, index) => {
      const now = news[index];
      return now === undefined ? [] : [termLogs(old, now)];
    });
    return { means: meansOf(logs), samples: [logs] };
  }
  const perOld = olds.map((old) => meansOf(news.map((now) => termLogs(old, now))));
  const perNew = news.map((now) => meansOf(olds.map((old) => termLogs(old, now))));
  return { means: meansOf(perOld), samples: [perOld, perNew] };
}

function meansOf(rows: readonly (readonly number[])[]): number[] {
  return TERMS.map((_, term) => rows.reduce((sum, row) => sum + (row[term] ?? 0), 0) / rows.length);
}

/** ln(Told/Tnew); a larger gain is a larger one. */
function logOf({ point, low, high, confidenceLevel }: Estimate): Estimate {
  const log = (gain: number) => -Math.log1p(-gain);
  return { point: log(point), low: log(low), high: log(high), confidenceLevel };
}

/** Intervals that allow for what is not known of the waiting too: its effects are joined by their squares. */
function widened(parts: readonly Estimate[], others: readonly (readonly Estimate[])[]): Estimate[] {
  return parts.map(({ point, low, high, confidenceLevel }, index) => {
    if (confidenceLevel === 0) return { point, low, high, confidenceLevel };
    const shifts = others.map((other) => (other[index]?.point ?? point) - point);
    return {
      point,
      low: point - Math.hypot(point - low, ...shifts.map((shift) => Math.min(0, shift))),
      high: point + Math.hypot(high - point, ...shifts.map((shift) => Math.max(0, shift))),
      confidenceLevel,
    };
  });
}

function scaled({ point, low, high, confidenceLevel }: Estimate, factor: number): Estimate {
  return { point: point * factor, low: low * factor, high: high * factor, confidenceLevel };
}
