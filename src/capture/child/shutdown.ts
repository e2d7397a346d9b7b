import timers from 'node:timers/promises';
import { exitProcess, numberOf, startTimeout } from './captured.ts';
import { describeThrown } from './describe-thrown.ts';
import type { Phase } from './messages.ts';
import { send, takeLeave } from './parent.ts';

// Kept before the implementation is loaded, which may replace them.
const nextTurn = timers.setImmediate;
const listen = process.on.bind(process);
const unlisten = process.removeListener.bind(process);
const { wait } = Atomics;
const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
/** A parent that takes longer is stopped; one that is gone has a guard that ends this process. */
const LONGEST_FAREWELL_MS = 5000;

/**
 * Reports what nobody caught, and changes nothing about what Node does with it: where the implementation has no handler of
 * its own, Node ends the process.
 */
export function reportUncaught(phaseNow: () => Phase): void {
  process.on('uncaughtExceptionMonitor', (thrown: unknown, origin) => {
    send({ kind: 'uncaught', phase: phaseNow(), origin, message: describeThrown(thrown) });
  });
}

/**
 * Gives the parent time to see what this process has started, wherever it ends: some of that is recognized by its descent
 * alone, which is lost with this process.
 */
export function takeLeaveAtEnd(): void {
  process.once('exit', takeLeave);
}

/** What has been rejected up to now, and has no handler yet, is uncaught before this resolves. */
export function untilSettled(): Promise<void> {
  return nextTurn();
}

/**
 * Lets the process end as under plain Node, when nothing is left to wait for, so that what goes wrong until then gives it
 * its exit code; or after some time where a handle stays open.
 */
export function endWhenIdle(longestMs: number): void {
  let idle = true;
  startTimeout(() => {
    idle = false;
    exitProcess();
  }, longestMs).unref();
  unlisten('exit', takeLeave);
  listen('exit', (exitCode) => {
    // A handler before this one may have changed it.
    const lastCode = numberOf(process.exitCode ?? exitCode);
    send({ kind: 'ending', exitCode: lastCode, idle });
    // The parent ends it now, with what it has started.
    wait(never, 0, 0, LONGEST_FAREWELL_MS);
  });
}
