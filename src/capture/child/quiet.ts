import { US_PER_MS } from '../../base/units.ts';
import { lastIndexIn, namesIn, readText, sleepMs } from './captured.ts';
import { cpuUsedUs, nowMs } from './clock.ts';

const LOOK_MS = 1;
/** A job that keeps threads of its own busy from `setup` on never gets quiet. */
const LONGEST_WAIT_MS = 200;
const TASKS = '/proc/self/task';
const MAIN_TASK = `${process.pid}`;

/**
 * Waits until no other thread of this process runs. Importing much code leaves work to V8's background threads (with 60
 * TypeScript files, 8 to 34 ms of optimizing what strips their types), which is not the run's, but would take its cores
 * and count as its CPU time. Most imports leave none, so a look that takes a fraction of a millisecond is all they cost.
 */
export async function untilQuiet(): Promise<void> {
  const endMs = nowMs() + LONGEST_WAIT_MS;
  for (let busy = isBusy(); busy !== false && nowMs() < endMs; busy = isBusy()) {
    if (busy === null) return await untilLittleCpu(endMs);
    await sleepMs(LOOK_MS);
  }
}

/** Whether another thread runs or is ready to; null where the system does not show the states of threads. */
function isBusy(): boolean | null {
  try {
    const tasks = namesIn(TASKS);
    // A system that does not even see this thread run shows no true states.
    if (stateOf(MAIN_TASK) !== 'R') return null;
    for (let index = 0; index < tasks.length; index += 1) {
      const task = tasks[index] as string;
      if (task !== MAIN_TASK && stateOf(task) === 'R') return true;
    }
    return false;
  } catch {
    return null;
  }
}

/** The third field of `stat` (proc(5)), `R` for a thread that runs; the second, in brackets, may hold anything. */
function stateOf(task: string): string | undefined {
  try {
    const stat = readText(`${TASKS}/${task}/stat`);
    return stat[lastIndexIn(stat, ')') + 2];
  } catch (error) {
    // A thread that has ended since they were listed is not busy.
    if (task === MAIN_TASK) throw error;
    return undefined;
  }
}

const CPU_LOOK_MS = 10;
const QUIET_SHARE = 0.1;

/** Elsewhere: until the process uses hardly any CPU time, which takes an interval to see. */
async function untilLittleCpu(endMs: number): Promise<void> {
  while (nowMs() < endMs) {
    const beforeUs = cpuUsedUs();
    await sleepMs(CPU_LOOK_MS);
    if ((cpuUsedUs() - beforeUs) / US_PER_MS < CPU_LOOK_MS * QUIET_SHARE) return;
  }
}
