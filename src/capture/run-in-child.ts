import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { messageOf, OutpaceError } from '../base/errors.ts';
import type { ThreadActivity } from '../profile/activity.ts';
import { builtProgram } from './built-program.ts';
import type { RunRequest, RunResult } from './child/messages.ts';
import { PARENT_FD } from './child/parent.ts';
import { converse } from './conversation.ts';
import { cutShort } from './cut-short.ts';
import { interruption, resultOf } from './ending.ts';
import { FOLLOWED, type ProcessFamily, startFamily } from './process-family.ts';
import { watchThreads } from './thread-watch.ts';

const PROGRESS_EVERY_MS = 100;
/** How long to wait for the last output when a process that cannot be recognized holds the pipes open. */
const LAST_OUTPUT_MS = 500;

export interface RunOptions {
  readonly request: Pick<RunRequest, 'entry' | 'input' | 'pass'>;
  readonly implementation: string;
  readonly nodePath: string;
  /** Before outpace's own, such as `--import tsx`; an implementation's workers get them too. */
  readonly nodeOptions: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the process reads from its standard input; null: nothing. */
  readonly stdinFile: string | null;
  /** Gets what the process prints, which waits for a promise; without it, only the end of stderr is kept, for an error. */
  readonly onPrinted?: ((bytes: Uint8Array) => void | Promise<void>) | undefined;
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
 * @throws OutpaceError RUN_FAILED, TIME_LIMIT, STORE_FAILED or INTERRUPTED, saying in which phase; MISSING_PACKAGE
 */
export async function runInChild(options: RunOptions): Promise<CapturedRun> {
  if (options.signal.aborted) throw interruption();
  const family = startFamily();
  const child = await startChild(options, family);
  const ended = endOf(child);
  if (child.pid === undefined) {
    const { exit } = await ended.exited;
    throw new OutpaceError(
      'RUN_FAILED',
      `implementation '${options.implementation}' could not be started: ${exit}`,
    );
  }
  const early = cutShort(options, family.kill);
  const progress = reportProgress(options.onProgress);
  const isSampled = options.request.pass.kind === 'sampling';
  const watch = isSampled ? watchThreads(child.pid) : null;
  try {
    const seen = converse(child, { options, family, early, progress });
    const ending = await ended.exited;
    await family.end();
    await within(LAST_OUTPUT_MS, ended.closed);
    // What the process said itself, before we ended it.
    const { exit, exitCode } = seen.exitCode === null ? ending : endBy(seen.exitCode, null);
    const result = resultOf({ ...seen, isWell: exitCode === 0, exit, cutShort: early.why(), options });
    return { ...result, activity: watch?.stop() ?? null };
  } finally {
    watch?.stop();
    progress.stop();
    early.stop();
    for (const stream of child.stdio) stream?.destroy();
  }
}

async function startChild(options: RunOptions, family: ProcessFamily): Promise<ChildProcess> {
  const { nodePath, nodeOptions, cwd, environment, stdinFile } = options;
  const { execa } = await import('execa');
  const stdin = stdinFile === null ? 'ignore' : openSync(stdinFile, 'r');
  try {
    const { nodeChildProcess: child } = execa(
      nodePath,
      [...nodeOptions, '--disable-warning=ExperimentalWarning', builtProgram('main')],
      {
        cwd,
        ...FOLLOWED,
        env: { ...environment, ...family.marker },
        // @ts-expect-error: execa takes any open descriptor; its types know those up to 9.
        stdio: [stdin, 'pipe', 'pipe', ...Array(PARENT_FD - 2).fill('pipe')],
      },
    );
    family.adopt(child.pid);
    return child;
  } finally {
    if (typeof stdin === 'number') closeSync(stdin);
  }
}

interface End {
  readonly exit: string;
  /** null for one that a signal ended. */
  readonly exitCode: number | null;
}

/** The end of a process, and then that of its pipes, which whatever it started may still hold open. */
function endOf(child: ChildProcess): { readonly exited: Promise<End>; readonly closed: Promise<unknown> } {
  const exited = new Promise<End>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve(endBy(exitCode, signal)));
    child.once('error', (error) => resolve({ exitCode: null, exit: messageOf(error) }));
  });
  return { exited, closed: once(child, 'close').catch(() => undefined) };
}

function endBy(exitCode: number | null, signal: NodeJS.Signals | null): End {
  return { exitCode, exit: signal === null ? `exit code ${exitCode}` : `signal ${signal}` };
}

/** Waits for something, but no longer than this; no timer is left. */
async function within(longestMs: number, waited: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const longest = new Promise((resolve) => {
    timer = setTimeout(resolve, longestMs);
  });
  await Promise.race([waited, longest]);
  clearTimeout(timer);
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
