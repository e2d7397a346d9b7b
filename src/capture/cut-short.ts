/** The longest that a timer can wait; beyond it, Node's fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Ends a process when its time is up, or when the user wants no more. */
export interface CutShort {
  /** Why it was ended; null where it was not. */
  why(): 'time limit' | 'interrupted' | null;
  /** What remains of its time is at least this: what was asked of it is done. */
  leaveAtLeast(ms: number): void;
  /** No longer watches. */
  stop(): void;
}

/** @param end what ends the process, and all that it started */
export function cutShort(
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
  end: () => void,
): CutShort {
  let why: 'time limit' | 'interrupted' | null = null;
  const endFor = (reason: 'time limit' | 'interrupted'): void => {
    why ??= reason;
    end();
  };
  const interrupted = (): void => endFor('interrupted');
  signal.addEventListener('abort', interrupted);
  const atTimeLimit = (ms: number) => setTimeout(() => endFor('time limit'), Math.min(ms, LONGEST_TIMER_MS));
  const endMs = performance.now() + timeoutMs;
  let timer = atTimeLimit(timeoutMs);
  return {
    why: () => why,
    leaveAtLeast(ms) {
      clearTimeout(timer);
      timer = atTimeLimit(Math.max(ms, endMs - performance.now()));
    },
    stop() {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupted);
    },
  };
}
