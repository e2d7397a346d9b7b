import { isErrorCode } from '../base/errors.ts';
import { startTimer } from './long-timer.ts';

/** Ends a process and all that it started when its time is up, or when the user wants no more. */
export interface CutShort {
  /** Why it was ended; null where it was not. */
  why(): 'time limit' | 'interrupted' | null;
  /** No longer watches, and leaves nothing of the process. */
  stop(): void;
}

/** @param pid of a process that leads a group of its own */
export function cutShort(
  pid: number | undefined,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): CutShort {
  let why: 'time limit' | 'interrupted' | null = null;
  const end = (reason: 'time limit' | 'interrupted'): void => {
    why ??= reason;
    killGroup(pid);
  };
  const interrupted = (): void => end('interrupted');
  signal.addEventListener('abort', interrupted);
  const stopTimer = startTimer(timeoutMs, () => end('time limit'));
  return {
    why: () => why,
    stop() {
      stopTimer();
      signal.removeEventListener('abort', interrupted);
      killGroup(pid);
    },
  };
}

/** Ends a child and all that it started; a group that is gone already is what was wanted. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    // macOS says EPERM of a group whose processes have all ended and wait to be reaped.
    if (!isErrorCode(error, 'ESRCH') && !isErrorCode(error, 'EPERM')) throw error;
  }
}
