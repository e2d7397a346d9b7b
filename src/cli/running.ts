import type { ProgressEvent } from '../api/options.ts';
import type { MetricName } from '../compare/bench-report.ts';
import { benchProgress } from '../render/bench-text.ts';
import type { SharedOptions } from './options.ts';
import { type Progress, progressFor } from './progress.ts';
import type { Session } from './session.ts';

/** What a command has to say when it is done. */
interface Outcome {
  /** Printed with `--json`. */
  readonly result: unknown;
  /** Printed without. */
  readonly text: () => string;
}

type Shared = ReturnType<typeof running>;

function running(
  { input, job, timeout, stdin, quiet }: SharedOptions,
  { session, budgetMs = null, metric = 'wall' }: Context,
) {
  const { signal } = session;
  const progress = progressFor(session, quiet);
  const onProgress = (event: ProgressEvent): void => {
    if (event.kind === 'pair') progress.detail(benchProgress(event.result, { ...event, budgetMs, metric }));
    else progress[event.kind](event.message);
  };
  return { progress, options: { input, job, timeoutMs: timeout, stdinFile: stdin, signal, onProgress } };
}

interface Context {
  readonly session: Session;
  readonly budgetMs?: number | null;
  /** Whose gain the live line shows; `wall` by default. */
  readonly metric?: MetricName;
}

/** Gives a command's options to the programmatic interface, its progress to stderr, and what comes of it to stdout. */
export async function runAndPrint(
  options: SharedOptions,
  context: Context,
  run: (shared: Shared['options'], progress: Progress) => Promise<Outcome>,
): Promise<void> {
  const { progress, options: shared } = running(options, context);
  try {
    const { result, text } = await run(shared, progress);
    progress.done();
    await (options.json ? context.session.print.json(result) : context.session.print.text(text()));
  } finally {
    progress.done();
  }
}
