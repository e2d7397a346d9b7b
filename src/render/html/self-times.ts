import type { PageThread, PageWindow } from './model.ts';

/**
 * Self time of each node of a thread, ms: each sample until the next one, clipped to the window.
 *
 * @param window null for the whole run
 */
export function nodeSelfMs(thread: PageThread, window: PageWindow | null): Float64Array {
  const { sampleNodes, sampleStartMs, lastSampleEndMs, nodeParents } = thread;
  const selfMs = new Float64Array(nodeParents.length);
  const [startMs, endMs] = [window?.startMs ?? 0, window?.endMs ?? Number.POSITIVE_INFINITY];
  for (let sample = firstUntil(sampleStartMs, startMs); sample < sampleNodes.length; sample += 1) {
    const fromMs = sampleStartMs[sample] ?? 0;
    if (fromMs >= endMs) break;
    const untilMs = Math.min(sampleStartMs[sample + 1] ?? lastSampleEndMs, endMs);
    const node = sampleNodes[sample] ?? 0;
    selfMs[node] = (selfMs[node] ?? 0) + Math.max(0, untilMs - Math.max(fromMs, startMs));
  }
  return selfMs;
}

/** Total time of each node from the self times: its own and that of all it called. Parents come before their children. */
export function nodeTotalMs({ nodeParents }: PageThread, selfMs: Float64Array): Float64Array {
  const totalMs = selfMs.slice();
  for (let node = totalMs.length - 1; node > 0; node -= 1) {
    const parent = nodeParents[node] ?? -1;
    if (parent >= 0) totalMs[parent] = (totalMs[parent] ?? 0) + (totalMs[node] ?? 0);
  }
  return totalMs;
}

/** The last sample that starts at or before a time, or the first of all; by bisection. */
export function firstUntil(sampleStartMs: Float64Array, atMs: number): number {
  let low = 0;
  let high = sampleStartMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sampleStartMs[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
