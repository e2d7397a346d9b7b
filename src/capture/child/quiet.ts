import { US_PER_MS } from '../../base/units.ts';
import { sleepMs } from './captured.ts';
import { cpuUsedUs } from './clock.ts';

const LOOK_MS = 10;
const QUIET_SHARE = 0.1;
/** A job that keeps threads of its own busy from `setup` on never gets quiet. */
const MOST_LOOKS = 20;

/**
 * Waits until this process uses hardly any CPU time: importing leaves work to V8's background threads (it goes on to
 * optimise what strips the types), which is not the run's, but would take its cores and count as its CPU time.
 */
export async function untilQuiet(): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const beforeUs = cpuUsedUs();
    await sleepMs(LOOK_MS);
    if ((cpuUsedUs() - beforeUs) / US_PER_MS < LOOK_MS * QUIET_SHARE) return;
  }
}
