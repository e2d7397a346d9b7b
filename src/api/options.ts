import type { BenchResult } from '../compare/bench-report.ts';

/** What a measurement says while it works. */
export type ProgressEvent =
  /** Something begun that takes long. */
  | { readonly kind: 'step'; readonly message: string }
  /** How far it has come, many times a second. */
  | { readonly kind: 'detail'; readonly message: string }
  /** What the person who reads the result should know, once. */
  | { readonly kind: 'warning'; readonly message: string }
  /** Another pair is measured; the first comparison as it stands. */
  | { readonly kind: 'pair'; readonly result: BenchResult; readonly elapsedMs: number };

/** Which job is meant. */
export interface ProjectOptions {
  /** The project's folder; the current one by default. */
  readonly cwd?: string | undefined;
  /** Where the settings have several. */
  readonly job?: string | undefined;
}

/** Two stored runs. */
export interface StoredSidesOptions extends ProjectOptions {
  /** A name, whose newest report is meant, or a report's or a .cpuprofile's file; the settings' `before` by default. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Gives a verdict although the two made different outputs. */
  readonly allowDifferentOutput?: boolean | undefined;
}

/** What every command that runs implementations takes. */
export interface RunningOptions extends ProjectOptions {
  /** Laid over the configured input, key by key. */
  readonly input?: Readonly<Record<string, unknown>> | undefined;
  /** What every run reads from its standard input; the settings' `stdin` by default, else nothing. */
  readonly stdinFile?: string | undefined;
  /** Of one run, ms. */
  readonly timeoutMs?: number | undefined;
  /** Ends the processes that were started; what was complete is kept. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** What every command that measures two sides takes. */
export interface MeasuringOptions extends RunningOptions {
  /** The settings' `before` by default. */
  readonly before?: string | undefined;
  /** The longest that one comparison may measure, ms. */
  readonly budgetMs?: number | undefined;
  /**
   * Times from the first line of the import to the end of `run`, not of `run` alone; the settings' by default. The steady
   * state has no import.
   */
  readonly includeImport?: boolean | undefined;
  /** Of the order of the runs. */
  readonly seed?: number | undefined;
  readonly allowDifferentOutput?: boolean | undefined;
}
