import { callInThread } from '../capture/thread/call-in-thread.ts';
import type { Api } from './api.ts';
import { untilInterrupted } from './signals.ts';

type Options = Readonly<Record<string, unknown>> & { readonly signal?: AbortSignal };

/**
 * A module of the programmatic interface whose functions do their work in a thread, so that a signal is heard even while
 * they compute. Without a `signal` among its options, a function is ended at once.
 */
export function inThread<Name extends keyof Api>(module: Name): Api[Name] {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const url = new URL(`../api/${module}.${extension}`, import.meta.url).href;
  const functions = new Proxy(
    {},
    { get: (_, name) => (options: Options) => call({ module: url, name: String(name) }, options) },
  );
  return functions as Api[Name];
}

function call(
  target: { readonly module: string; readonly name: string },
  { signal, ...options }: Options,
): Promise<unknown> {
  const { result, interrupt, end } = callInThread(target, options);
  signal?.addEventListener('abort', interrupt, { once: true });
  return untilInterrupted(result, { end, ...(signal === undefined ? { graceMs: 0 } : {}) });
}
