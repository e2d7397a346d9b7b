/** The modules of the programmatic interface that commands call. */
export interface Api {
  readonly bench: typeof import('../api/bench.ts');
  readonly check: typeof import('../api/check.ts');
  readonly gain: typeof import('../api/gain.ts');
  readonly profile: typeof import('../api/profile.ts');
  readonly report: typeof import('../api/report.ts');
  readonly run: typeof import('../api/run.ts');
  readonly scale: typeof import('../api/scale.ts');
  readonly tools: typeof import('../api/tools.ts');
}
