import { fileURLToPath } from 'node:url';
import type { ThreadActivity } from '../profile/activity.ts';
import type { RunRequest, RunResult } from './child/messages.ts';
import { parseChildMessage } from './child-message.ts';
import { cutShort, killGroup } from './cut-short.ts';
import { type Ending, interruption, resultOf } from './ending.ts';
import { watchThreads } from './thread-watch.ts';

const CHILD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './child/main.ts' : './child/main.js', import.meta.url),
);
/** Frames below this are outpace's own. */
export const HARNESS_URL = new URL('./child/', import.meta.url).href;
/** Everything below this is outpace's. */
export const OUTPACE_URL = new URL('../', import.meta.url).href;
const STDERR_TAIL_CHARS = 4000;
const PROGRESS_EVERY_MS = 100;

export interface RunOptions {
  readonly request: RunRequest;
  readonly implementation: string;
  readonly nodePath: string;
  /** Before outpace's own, such as `--import tsx`; an implementation's workers get them too. */
  readonly nodeOptions: readonly string[];
  readonly timeoutMs: number;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** How long the process has lived, and what it has written so far. */
  readonly onProgress?: (soFar: { readonly elapsedMs: number; readonly sizeBytes: number }) => void;
}

/** A run, with what was seen of its process from outside. */
export interface CapturedRun extends RunResult {
  /** Of a sampling run, on Linux; else null. */
  readonly activity: readonly ThreadActivity[] | null;
}

/**
 * One run in a fresh process, which is gone when this settles, and so is whatever it started.
 *
 * @throws OutpaceError RUN_FAILED, TIME_LIMIT, STORE_FAILED or INTERRUPTED, saying in which phase
 */
export async function runInChild(options: RunOptions): Promise<CapturedRun> {
  if (options.signal.aborted) throw interruption();
  // Imported late: commands that start no process need not pay for it.
  const { execa } = await import('execa');
  const child = execa(
    options.nodePath,
    [...options.nodeOptions, '--disable-warning=ExperimentalWarning', CHILD],
    {
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      ipc: true,
      buffer: false,
      reject: false,
      // A group of its own, so that processes started by the implementation end with it.
      detached: process.platform !== 'win32',
      cleanup: false,
    },
  );
  const ending: Omit<Ending, 'cutShort'> = { phase: 'import', answer: null, stderrTail: '' };
  const early = cutShort(child.pid, options);
  const progress = reportProgress(options.onProgress);
  const watch =
    options.request.pass.kind === 'sampling' && child.pid !== undefined ? watchThreads(child.pid) : null;

  child.stdout?.resume();
  child.stderr?.on('data', (text: Buffer) => {
    ending.stderrTail = (ending.stderrTail + text.toString()).slice(-STDERR_TAIL_CHARS);
  });
  const listen = async (): Promise<void> => {
    for await (const raw of child.getEachMessage()) {
      const message = parseChildMessage(raw);
      if (message.kind === 'phase') ending.phase = message.phase;
      else if (message.kind === 'progress') progress.sizeBytes = message.sizeBytes;
      else {
        ending.answer = message;
        killGroup(child.pid);
      }
    }
  };
  try {
    const listening = listen();
    // A child that died at once is told by its exit, not by the failure to reach it.
    await child.sendMessage({ ...options.request }).catch(() => undefined);
    await listening;
    const { exitCode, signal } = await child;
    const result = resultOf({
      ...ending,
      cutShort: early.why(),
      options,
      exit: signal ?? `exit code ${exitCode}`,
    });
    return { ...result, activity: watch?.stop() ?? null };
  } finally {
    watch?.stop();
    progress.stop();
    early.stop();
  }
}

function reportProgress(onProgress: RunOptions['onProgress']) {
  const startMs = performance.now();
  const state = { sizeBytes: 0, stop: () => clearInterval(timer) };
  const timer = setInterval(
    () => onProgress?.({ elapsedMs: performance.now() - startMs, sizeBytes: state.sizeBytes }),
    PROGRESS_EVERY_MS,
  );
  return state;
}
