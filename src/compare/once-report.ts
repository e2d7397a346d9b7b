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
    /** null for a value whose parts cannot all be read. */
    readonly sizeBytes: number | null;
    /** null where it was not kept. */
    readonly file: string | null;
  };
}
