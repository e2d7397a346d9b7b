/** The thread that a command works in, so that the main thread is always free to hear a signal. */
import { parentPort, workerData } from 'node:worker_threads';
import { observeClaims } from '../../store/claims.ts';
import { interruption } from '../ending.ts';
import { endSharedGuard } from '../guard.ts';
import type { FromThread, ThreadTask } from './messages.ts';
import { partsOf } from './thrown-parts.ts';

const interrupted = new AbortController();
parentPort?.once('message', () => interrupted.abort(interruption()));
observeClaims((folders) => send({ kind: 'claims', folders }));
await work(workerData);

async function work({ module, name, options, callbacks, streams }: ThreadTask): Promise<void> {
  const stubs = callbacks.map(
    (callback) =>
      [callback, (...values: unknown[]) => send({ kind: 'callback', name: callback, values })] as const,
  );
  try {
    const { [name]: call } = await import(module);
    const result: unknown = await call({
      ...options,
      ...Object.fromEntries(stubs),
      ...Object.fromEntries(streams.map((stream) => [stream, process.stderr])),
      signal: interrupted.signal,
    });
    await settled();
    send({ kind: 'done', result });
  } catch (error) {
    await settled();
    send({ kind: 'failed', error: partsOf(error) });
  }
}

/** Resolves when the main thread has what was written here, and the guard is gone. */
async function settled(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise((resolve) => stream.write('', resolve));
  await endSharedGuard();
}

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}
