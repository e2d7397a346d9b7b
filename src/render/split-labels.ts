/** The terms of a gain, as text and page name them. */
export const SPLIT_LABELS = {
  lessWork: 'less work (CPU time)',
  moreCores: 'more parallelism',
  lessWaiting: 'less waiting (off-CPU)',
} as const;

/** Below two terms. */
export const WAITING_UNKNOWN = 'waiting is not known on this system; a change of it counts as parallelism';
