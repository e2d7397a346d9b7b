import { getHeapStatistics } from 'node:v8';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { BYTES_PER_MIB } from '../../base/units.ts';
import { removeClaimedNow } from '../../store/remove-claimed-now.ts';
import type { FromThread, ThreadTask } from './messages.ts';
import { errorOf } from './thrown-parts.ts';

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './main.ts' : './main.js', import.meta.url);
/** A module that is loaded before the cache is enabled is compiled anew each time. */
const START = `require('node:module').enableCompileCache?.(); import(${JSON.stringify(THREAD.href)});`;

export interface ThreadCall {
  readonly result: Promise<unknown>;
  /** Asks it to end soon, as an aborted signal does. */
  interrupt(): void;
  /** Ends it wherever it is, so that `result` never settles, and removes the unfinished files that it would have removed itself; resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Calls a function in a thread of its own. What it prints goes to stderr.
 *
 * @param options one object; its functions are called back without a result, `process.stderr` stays what it is, all else must be
 *   cloneable
 */
export function callInThread(
  target: Pick<ThreadTask, 'module' | 'name'>,
  options: Readonly<Record<string, unknown>>,
): ThreadCall {
  const entries = Object.entries(options);
  const namesOf = (isSuch: (value: unknown) => boolean): string[] =>
    entries.flatMap(([name, value]) => (isSuch(value) ? [name] : []));
  const isCallback = (value: unknown): boolean => typeof value === 'function';
  const isStream = (value: unknown): boolean => value === process.stderr;
  const task: ThreadTask = {
    ...target,
    options: Object.fromEntries(entries.filter(([, value]) => !isCallback(value) && !isStream(value))),
    callbacks: namesOf(isCallback),
    streams: namesOf(isStream),
  };
  const worker = new Worker(START, {
    eval: true,
    workerData: task,
    env: SHARE_ENV,
    stdout: true,
    // As large as a main thread's, whose default is chosen by the machine's memory.
    resourceLimits: { maxOldGenerationSizeMb: getHeapStatistics().heap_size_limit / BYTES_PER_MIB },
  });
  worker.stdout.on('data', (text: Buffer) => void process.stderr.write(text));
  let claims: readonly string[] = [];
  let isEnded = false;
  const result = new Promise<unknown>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'claims') claims = message.folders;
      else if (isEnded) return;
      else if (message.kind === 'done') resolve(message.result);
      else if (message.kind === 'failed') reject(errorOf(message.error));
      else callBack(options[message.name], message.values);
    });
    worker.once('error', reject);
    worker.once('exit', (exitCode) => {
      if (!isEnded) reject(new Error(`the thread ended early, with exit code ${exitCode}`));
    });
  });
  const terminate = (): void => void worker.terminate();
  result.then(terminate, terminate);
  return {
    result,
    interrupt: () => worker.postMessage('interrupt'),
    async end() {
      isEnded = true;
      removeClaimedNow(claims);
      await worker.terminate();
      // It may have claimed another before it was gone.
      removeClaimedNow(claims);
    },
  };
}

function callBack(callback: unknown, values: readonly unknown[]): void {
  if (typeof callback === 'function') callback(...values);
}
