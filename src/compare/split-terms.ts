/** What a run's time is made of. */
export interface RunParts {
  readonly wallMs: number;
  /** Of all threads, above 0. */
  readonly cpuMs: number;
  /** No thread was on a CPU; less than `wallMs`. */
  readonly waitingMs: number;
}

/** In this order everywhere. */
export const TERMS = ['lessWork', 'moreCores', 'lessWaiting'] as const;

/**
 * The three terms of ln(Told/Tnew), which add up to it exactly.
 *
 * With T the time, W the waiting and B = T − W the rest, C the CPU time and P = C/B the parallelism,
 *
 *     T = C/P + W
 *
 * is a sum of two sectors, of which one is a product. The terms are its LMDI-I decomposition (Ang 2004, Energy Policy 32,
 * 1131–1139; Ang 2005, Energy Policy 33, 867–871), with L(a, b) = (a − b) / ln(a/b) the logarithmic mean:
 *
 *     less work     L(Bold, Bnew) · ln(Cold/Cnew) / L(Told, Tnew)
 *     more cores    L(Bold, Bnew) · ln(Pnew/Pold) / L(Told, Tnew)
 *     less waiting  (Wold − Wnew) / L(Told, Tnew)
 *
 * Times L(Told, Tnew) these are milliseconds: less waiting is Wold − Wnew itself, and at equal parallelism P the other
 * two are the CPU time saved, divided by P. (Waiting as one more factor, T = C/P · T/B, would give a thousand waits that
 * use 1 % of a CPU to less work, since waiting and CPU time fall together.)
 *
 * @returns less work, more cores, less waiting
 */
export function termLogs(before: RunParts, after: RunParts): readonly [number, number, number] {
  const [oldBusy, newBusy] = [before.wallMs - before.waitingMs, after.wallMs - after.waitingMs];
  const whole = logarithmicMean(before.wallMs, after.wallMs);
  const busy = logarithmicMean(oldBusy, newBusy) / whole;
  const work = Math.log(before.cpuMs / after.cpuMs);
  const cores = Math.log(after.cpuMs / newBusy) - Math.log(before.cpuMs / oldBusy);
  return [busy * work, busy * cores, (before.waitingMs - after.waitingMs) / whole];
}

/** (a − b) / ln(a/b), between the two; a where they are equal. Both above 0. */
export function logarithmicMean(a: number, b: number): number {
  const log = Math.log(a / b);
  // Where a and b are nearly equal, both differences would lose their digits.
  return Math.abs(log) < 1e-6 ? Math.sqrt(a * b) : (a - b) / log;
}
