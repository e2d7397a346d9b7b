import type { Flaw } from './flaws.ts';
import type { Measure } from './measure.ts';

/** What the passes over a run hand to the analysis, and what the analysis makes of it. All lines and columns are 1-based. */

/** A span on the monotonic clock that all threads’ profiles share, µs. */
export interface Window {
  readonly startUs: number;
  readonly endUs: number;
}

/** One thread's recording after its parts were checked against one another: columns, a few bytes a sample. */
export interface CpuProfile {
  /** Each function once; no two are equal. */
  readonly frames: readonly Frame[];
  readonly nodes: NodeTable;
  readonly startTimeUs: number;
  readonly endTimeUs: number;
  /** Node of each sample, ordered by time. */
  readonly sampleNodes: Int32Array;
  /** Time of each sample on the profile's clock, µs, ascending. */
  readonly sampleTimesUs: Float64Array;
}

/** A thread's recording, and what the thread was called; those of one recording share a clock. */
export interface RecordedThread {
  readonly name: string;
  readonly profile: CpuProfile;
}

/** What a file holds: its threads, main first, and what had to be left out of them. */
export interface RecordedThreads {
  readonly threads: readonly RecordedThread[];
  readonly flaws: readonly Flaw[];
  /** What its values count; of a file without one they are times in order, of threads that have names. */
  readonly measure?: Measure;
}

/** The call tree in depth-first order, a row a node: parents come before their children, the root is row 0. */
export interface NodeTable {
  /** Row of the caller, −1 for the root. Always smaller than the node's own. */
  readonly parents: Int32Array;
  /** Index into the profile's `frames`. */
  readonly frames: Int32Array;
}

export interface Frame {
  readonly name: string;
  readonly url: string;
  /** 1-based; 0 where V8 gives none. */
  readonly line: number;
  readonly column: number;
  /** Whether its source map lists its source as somebody else's (`ignoreList`). */
  readonly ignored?: boolean;
}

/** One function's exact number of entries in one thread, with the source range it covers. */
export interface FunctionCount {
  readonly name: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly calls: number;
  /** Of its parameters and body, by which it is told again elsewhere; null where it is too short, or its source is gone. */
  readonly body: string | null;
}

/** One row of the summary: a function over all threads, or one of V8's own entries such as the garbage collector. */
export interface FunctionRow {
  readonly frame: Frame;
  /** True for `(garbage collector)`, `(program)`, `(idle)`, `(root)` and outpace's own frames: not functions of the job. */
  readonly engine: boolean;
  /** Exact entries over all threads; null where V8 does not count (built-ins, engine entries). */
  readonly calls: number | null;
  /** As of a `FunctionCount`. */
  readonly body: string | null;
  /** Seen more than once in one sampled stack. */
  readonly recursive: boolean;
  readonly selfUs: number;
  readonly totalUs: number;
}
