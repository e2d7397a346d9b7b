import { US_PER_MS } from '../base/units.ts';
import type { Flaw } from '../profile/flaws.ts';
import type { FunctionTotal } from '../profile/function-totals.ts';
import type { Measure } from '../profile/measure.ts';
import type { NamedProfile } from './lone-comparison.ts';
import { summariseLone } from './lone-profile.ts';
import type { ReportThread } from './profile-report.ts';

/** What is kept of one of many recordings, once its samples are let go. */
export interface RecordingSummary {
  readonly file: string;
  /** What had to be left out of it. */
  readonly flaws: readonly Flaw[];
  readonly measure?: Measure;
  readonly wallMs: number;
  /** Of all threads. */
  readonly sampledMs: number;
  /** Sampled, and not in the event loop with nothing to do. */
  readonly busyMs: number;
  readonly threads: readonly ReportThread[];
  /** With their files as the recording names them. */
  readonly functions: readonly FunctionTotal[];
}

export function recordingSummary({
  file,
  threads: recorded,
  flaws,
  measure,
}: NamedProfile): RecordingSummary {
  const { wallMs, sampledMs, threads, totals } = summariseLone(recorded);
  const idleUs = totals.filter(isIdle).reduce((sum, { selfUs }) => sum + selfUs, 0);
  const busyMs = sampledMs - idleUs / US_PER_MS;
  return {
    ...(measure === undefined ? {} : { measure }),
    file,
    flaws,
    wallMs,
    sampledMs,
    busyMs,
    threads,
    functions: totals,
  };
}

function isIdle({ engine, frame }: FunctionTotal): boolean {
  return engine && frame.name === '(idle)';
}
