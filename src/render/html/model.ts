import type { BenchReport } from '../../compare/bench-report.ts';
import type { Comparison } from '../../compare/comparison.ts';
import type { ProfileReport } from '../../compare/profile-report.ts';

/** What is told of both sides, each in its own place. */
export interface BothSides<Value> {
  readonly before: Value;
  readonly after: Value;
}

export type SideName = keyof BothSides<unknown>;

/**
 * What a report's page is given: the one model that all its figures are of. It stands in the page itself, as JSON, and is
 * what the page offers to copy.
 */
export interface PageData {
  readonly schemaVersion: 1;
  readonly kind: 'report';
  readonly comparison: Comparison;
  /** null where the sides were not measured in pairs, or in pairs of other runs. */
  readonly bench: BenchReport | null;
  /** null where the side is a .cpuprofile alone. */
  readonly profiles: BothSides<ProfileFacts | null>;
  /** null where the profiles that belong to the report are gone. */
  readonly recordings: BothSides<EncodedRecording | null>;
}

/** What a profile's report says beyond what the comparison took from it. */
export type ProfileFacts = Pick<
  ProfileReport,
  | 'job'
  | 'implementation'
  | 'startedAt'
  | 'environment'
  | 'input'
  | 'timing'
  | 'sampling'
  | 'threads'
  | 'helpers'
  | 'totalCalls'
  | 'output'
  | 'warnings'
>;

/**
 * A recording as it is embedded. The tables and samples are bytes of variable length, deflated and written in base64,
 * since they are nearly all of a large page.
 */
export interface EncodedRecording {
  readonly runMs: number;
  /** JSON of the frames, as base64 of its deflated bytes. */
  readonly frames: string;
  readonly threads: readonly EncodedThread[];
}

export interface EncodedThread {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly cpuMs: number | null;
  readonly waitingMs: number | null;
  readonly nodes: number;
  readonly samples: number;
  /** Base64 of the deflated columns; `decode.ts` says in which order. */
  readonly columns: string;
}

/** The recording of one side's median sampling run: every thread within the run, whose start is 0 ms. */
export interface PageRecording {
  readonly frames: readonly PageFrame[];
  readonly runMs: number;
  /** Main first. */
  readonly threads: readonly PageThread[];
}

export interface PageFrame {
  readonly name: string;
  /** Relative to the project's folder, as in the reports; empty for what has no file. */
  readonly file: string;
  /** 1-based; 0 where there is none. */
  readonly line: number;
  readonly column: number;
  /** The package, or the group of what is in none, as `originOf` names it. */
  readonly origin: string;
  /** V8's own entry or outpace's, not a function of the job. */
  readonly engine: boolean;
  /** Its row in `comparison.functions`, by which the sides' frames are one function; −1 where it has none. */
  readonly row: number;
}

export interface PageThread {
  readonly name: string;
  /** Its life within the run. */
  readonly startMs: number;
  readonly endMs: number;
  /** null: not known. */
  readonly cpuMs: number | null;
  readonly waitingMs: number | null;
  /** Of each node its caller, −1 for the root; parents come before their children. */
  readonly nodeParents: Int32Array;
  /** Of each node its function, an index into the recording's frames. */
  readonly nodeFrames: Int32Array;
  /** Of each sample the node at its tip. */
  readonly sampleNodes: Int32Array;
  /** From the run's start, ascending. A sample lasts until the next one. */
  readonly sampleStartMs: Float64Array;
  /** When the last sample ends. */
  readonly lastSampleEndMs: number;
}

/** The page's data with its recordings decoded. */
export interface Page {
  readonly data: Omit<PageData, 'recordings'>;
  readonly recordings: BothSides<PageRecording | null>;
}

/** A part of the runs, counted from each run's start. */
export interface PageWindow {
  readonly startMs: number;
  readonly endMs: number;
}
