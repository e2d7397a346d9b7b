import { type Measure, TIMED } from '../profile/measure.ts';
import { flawWarnings } from './flaw-words.ts';
import type { NamedProfile } from './lone-comparison.ts';
import { summariseLone } from './lone-profile.ts';

/** What a profile says by itself, whoever made it. If its measure is not time, one of its unit stands where a name ends in `Ms`. */
export interface SampledProfile {
  readonly schemaVersion: 1;
  readonly kind: 'sampled';
  readonly file: string;
  readonly measure: Measure;
  /** null where it has no duration. */
  readonly wallMs: number | null;
  /** Of all threads. */
  readonly sampledMs: number;
  /** null where the file does not say. */
  readonly threads: readonly SampledThread[] | null;
  /** By total, the largest first. */
  readonly functions: readonly SampledFunction[];
  readonly warnings: readonly string[];
}

interface SampledThread {
  readonly name: string;
  /** null where it has no duration. */
  readonly wallMs: number | null;
  readonly sampledMs: number;
}

export interface SampledFunction {
  readonly name: string;
  readonly file: string;
  /** 1-based; 0 where it is not known. */
  readonly line: number;
  readonly column: number;
  /** V8's own entry, such as the garbage collector. */
  readonly engine: boolean;
  readonly recursive: boolean;
  readonly selfMs: number;
  readonly totalMs: number;
}

export function sampledProfile(profile: NamedProfile): SampledProfile {
  const { file, measure = TIMED } = profile;
  const { wallMs, sampledMs, threads, functions } = summariseLone(profile.threads);
  return {
    schemaVersion: 1,
    kind: 'sampled',
    file,
    measure,
    wallMs: measure.isOrdered ? wallMs : null,
    sampledMs,
    threads: measure.hasThreads
      ? threads.map(({ name, wallMs: livedMs }, index) => ({
          name,
          wallMs: measure.isOrdered ? livedMs : null,
          sampledMs: summariseLone(profile.threads.slice(index, index + 1)).sampledMs,
        }))
      : null,
    functions: functions
      .map(({ name, file: script, line, column, engine, recursive, selfMs, totalMs }) => ({
        ...{ name, file: script, line, column, engine, recursive, selfMs, totalMs },
      }))
      .sort((a, b) => b.totalMs - a.totalMs || b.selfMs - a.selfMs),
    warnings: flawWarnings(profile),
  };
}
