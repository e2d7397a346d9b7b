/** What `outpace run` prints: one run, which shows no spread and so is no estimate. */
export interface OnceReport {
  readonly schemaVersion: 1;
  readonly kind: 'run';
  readonly implementation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly nodeVersion: string;
  readonly wallMs: number;
  /** User and system time of every thread. */
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  readonly output: {
    readonly sizeBytes: number;
    /** null where it was not kept. */
    readonly file: string | null;
  };
}
