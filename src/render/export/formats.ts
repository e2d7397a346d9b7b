/** What a run can be given as. */
export const RUN_FORMATS = ['json', 'markdown', 'text', 'folded', 'pprof', 'speedscope'] as const;
export type RunFormat = (typeof RUN_FORMATS)[number];
