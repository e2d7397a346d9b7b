import type { ProgressEvent } from '../api/options.ts';
import { benchProgress } from '../render/bench-text.ts';
import type { SharedOptions } from './options.ts';
import { stderrProgress } from './progress.ts';

/** How a command's options are given to the programmatic interface, and its progress to stderr. */
export function running(
  { input, job, timeout, quiet }: SharedOptions,
  { signal, budgetMs = null }: { readonly signal: AbortSignal; readonly budgetMs?: number | null },
) {
  const progress = stderrProgress(quiet);
  const onProgress = (event: ProgressEvent): void => {
    if (event.kind === 'pair') progress.detail(benchProgress(event.result, { ...event, budgetMs }));
    else progress[event.kind](event.message);
  };
  return { progress, options: { input, job, timeoutMs: timeout, signal, onProgress } };
}
