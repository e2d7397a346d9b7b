import type { Protocol } from 'devtools-protocol';
import type { FunctionCount, Window } from '../../profile/model.ts';
import type { MappedScript } from '../../profile/source-positions.ts';
import type { MainThreadUse } from './main-thread.ts';
import type { SteadyPlan } from './steady.ts';

/** What one fresh process is asked to do. Each pass perturbs what the others measure, so a process does one. */
export interface RunRequest {
  readonly entry: string;
  readonly input: Record<string, unknown>;
  readonly pass: Pass;
  /** How long the process may stay after its answer while handles are open. */
  readonly shutdownMs: number;
  /** Begins each line that the process answers with; others are the implementation's. */
  readonly lineStart: string;
}

export type Pass =
  /** `sizesValue`: afterwards it is found how large an output is that is no bytes. */
  | { readonly kind: 'timing'; readonly sizesValue?: true }
  /** Like `timing`, then again and again in the same process. */
  | { readonly kind: 'steady'; readonly plan: SteadyPlan }
  /** Unprofiled, for the output's sha256. */
  | { readonly kind: 'hashing' }
  /** This implementation and another in one process, their outputs given to the config's own `equal`. */
  | {
      readonly kind: 'judging';
      readonly otherEntry: string;
      readonly configFile: string;
      readonly job: string;
    }
  /** Unprofiled, its output kept in a file; a value that is no bytes as JSON, or as what `store/value-difference.ts` reads. */
  | { readonly kind: 'writing'; readonly file: string; readonly form: 'file' | 'description' }
  | RecordedPass;

/** The passes that follow every thread. */
export type RecordedPass =
  | { readonly kind: 'sampling'; readonly intervalUs: number }
  | { readonly kind: 'counting' }
  /** Neither sampled nor counted: which files every thread loads, and the output's sha256. */
  | { readonly kind: 'loading' };

export type Phase = 'import' | 'setup' | 'run' | 'output' | 'teardown' | 'shutdown';

export type ChildMessage =
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'progress'; readonly sizeBytes: number }
  | { readonly kind: 'not written'; readonly message: string }
  | { readonly kind: 'failed'; readonly phase: Phase; readonly message: string }
  | { readonly kind: 'done'; readonly result: RunResult }
  /** After any of these, or none: what nobody caught, which ends the process unless the implementation has a handler. */
  | {
      readonly kind: 'uncaught';
      readonly phase: Phase;
      readonly origin: 'uncaughtException' | 'unhandledRejection';
      readonly message: string;
    }
  /** Without any answer: the process ends by itself, as soon as the parent has written a byte. */
  | { readonly kind: 'leaving' }
  /** After `done`: the process ends now, by itself where nothing was left to wait for (`idle`). */
  | { readonly kind: 'ending'; readonly exitCode: number; readonly idle: boolean };

export interface RunResult {
  readonly nodeVersion: string;
  readonly importMs: number;
  readonly setupMs: number;
  /** User and system time of every thread of the process during the import, and during setup. */
  readonly importCpuMs: number;
  readonly setupCpuMs: number;
  readonly wallMs: number;
  /** User and system time of every thread of the process while `run` was running, and of processes that it started. */
  readonly cpuMs: number;
  /** null where it was not measured. */
  readonly mainThread: MainThreadUse | null;
  readonly peakRssBytes: number;
  readonly window: Window;
  /** In the steady pass, what one call took in each batch after the first run, in order of time, ms; empty in all others. */
  readonly repeatedMs: readonly number[];
  /** In the steady pass, what else is known of those batches; null or absent in all others. */
  readonly repeated?: RepeatedPart | null | undefined;
  /** In the steady pass, how the output of a repetition differs from that of the first run; null where none is seen to. */
  readonly changedOutput: string | null;
  /** In the judging pass, whether the outputs are equal; null in all others. */
  readonly outputsEqual: boolean | null;
  /** User and system time of the whole process, all threads, from its start to its answer. */
  readonly processCpuMs: number;
  readonly output: OutputFacts;
  /** What kept the event loop alive after `run`, by the names of `process.getActiveResourcesInfo()`. */
  readonly openResources: readonly string[];
  /** In the counting pass, the scripts of all threads that name a source map; empty in all others. */
  readonly mappedScripts: readonly MappedScript[];
  /**
   * In the counting and loading passes, the file: URLs of the scripts that any thread loaded, and of what the main thread
   * got by `require`, JSON and addons included; empty in all others.
   */
  readonly loadedUrls: readonly string[];
  readonly started: StartedProcesses;
  /** Main thread first, then workers in the order of their start; empty in the timing pass, without main in the loading pass. */
  readonly threads: readonly ThreadCapture[];
}

/** The batches of a steady pass, in the order of `repeatedMs`. */
export interface RepeatedPart {
  /** The shortest time that the clock can show, ns. */
  readonly clockFloorNs: number;
  /** Of each batch, the calls that were timed together. */
  readonly calls: readonly number[];
  /** Of each batch, user and system time of all threads per call. */
  readonly cpuMs: readonly number[];
  /** Of all batches together, with fresh inputs and other untimed work. */
  readonly totalMs: number;
  /** Resident memory between batches, now and then and at the end; `batches`: how many there were before. */
  readonly resident: readonly { readonly batches: number; readonly sizeBytes: number }[];
  /** Of a run that is so short that V8 may have removed it; null for all others. */
  readonly scaling: Scaling | null;
}

/** The shortest times that were seen, of so many calls and of twice as many. */
export interface Scaling {
  readonly calls: number;
  readonly onceNs: number;
  readonly twiceNs: number;
  /** The same of a function without a body. */
  readonly emptyOnceNs: number;
  readonly emptyTwiceNs: number;
}

/** What is known of an output. */
export interface OutputFacts {
  /** A value is anything but bytes; nothing: `undefined`, `null`, or no bytes at all. */
  readonly form: 'bytes' | 'value' | 'nothing';
  /** Of its bytes, or of a value's contents; in the counting, hashing and loading passes only, whose time does not matter. */
  readonly sha256: string | null;
  /** null for a value that was not looked at, or could not be. */
  readonly sizeBytes: number | null;
  /** Why its contents cannot be compared, with the path to the part and what to do; null where they can. */
  readonly uninspectable: string | null;
}

/** What `run` has started besides threads. */
export interface StartedProcesses {
  /** At least so many; those that a worker starts, or that are waited for in place, are not seen. */
  readonly processes: number;
  /** CPU time of those that have ended, in the kernel's ticks of 10 ms; part of `cpuMs`. null where nothing tells. */
  readonly cpuMs: number | null;
}

export interface ThreadCapture {
  readonly name: string;
  /** The kernel's number of it; null where it has none that can be told. */
  readonly tid: number | null;
  readonly life: Window;
  /** null where the thread was ended from outside and the platform has no per-thread accounts. */
  readonly cpuUs: number | null;
  readonly runQueueUs: number | null;
  readonly evidence: Evidence;
}

export type Evidence =
  | { readonly kind: 'samples'; readonly profile: Protocol.Profiler.Profile }
  | { readonly kind: 'counts'; readonly counts: readonly FunctionCount[] }
  | { readonly kind: 'lost'; readonly why: string };
