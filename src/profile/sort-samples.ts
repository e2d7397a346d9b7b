import { firstAfter, firstNotBefore } from './search-times.ts';

/** Shorter runs are sorted by insertion. */
const SHORT = 16;
/** So far behind its place a sample may lie that is put there alone. */
const NEAR = 64;
/** The shorter side of a merge that is held apart; two longer sides are split first, so that no sample is held twice. */
const HELD = 1 << 15;

/**
 * Orders samples by time, those of one time as they were, in place. V8 writes samples of two sources, so that a few lie
 * behind their place: what is in order already costs one comparison a sample, and what lies near its place little more.
 * (Insertion, and where that does not do, merge sort, its longest merges split by rotation: Dudzinski and Dydek 1981, "On a
 * stable storage merging algorithm".)
 */
export function sortByTime(timesUs: Float64Array, nodes: Int32Array): void {
  if (sortNear(timesUs, nodes)) return;
  const samples: Samples = {
    timesUs,
    nodes,
    heldTimes: new Float64Array(Math.min(HELD, timesUs.length)),
    heldNodes: new Int32Array(Math.min(HELD, timesUs.length)),
  };
  for (let start = 0; start < timesUs.length; start += SHORT)
    sortShort(samples, start, Math.min(start + SHORT, timesUs.length));
  for (let width = SHORT; width < timesUs.length; width *= 2)
    for (let start = 0; start + width < timesUs.length; start += 2 * width)
      merge(samples, { start, middle: start + width, end: Math.min(start + 2 * width, timesUs.length) });
}

interface Samples {
  readonly timesUs: Float64Array;
  readonly nodes: Int32Array;
  readonly heldTimes: Float64Array;
  readonly heldNodes: Int32Array;
}

/** Two neighbouring parts, each in order. */
interface Halves {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

/** By insertion, as long as none has far to go; gives whether all are in order then. */
function sortNear(timesUs: Float64Array, nodes: Int32Array): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < timesUs.length; index += 1) {
    const timeUs = timesUs[index] ?? 0;
    if (timeUs >= before) {
      before = timeUs;
      continue;
    }
    const node = nodes[index] ?? 0;
    const least = Math.max(0, index - NEAR);
    let at = index;
    for (; at > least && (timesUs[at - 1] ?? 0) > timeUs; at -= 1) {
      timesUs[at] = timesUs[at - 1] ?? 0;
      nodes[at] = nodes[at - 1] ?? 0;
    }
    timesUs[at] = timeUs;
    nodes[at] = node;
    if (at === least && at > 0 && (timesUs[at - 1] ?? 0) > timeUs) return false;
  }
  return true;
}

function sortShort({ timesUs, nodes }: Samples, start: number, end: number): void {
  for (let index = start + 1; index < end; index += 1) {
    const timeUs = timesUs[index] ?? 0;
    const node = nodes[index] ?? 0;
    let at = index;
    for (; at > start && (timesUs[at - 1] ?? 0) > timeUs; at -= 1) {
      timesUs[at] = timesUs[at - 1] ?? 0;
      nodes[at] = nodes[at - 1] ?? 0;
    }
    timesUs[at] = timeUs;
    nodes[at] = node;
  }
}

function merge(samples: Samples, { start: from, middle, end: to }: Halves): void {
  const { timesUs } = samples;
  if ((timesUs[middle - 1] ?? 0) <= (timesUs[middle] ?? 0)) return;
  // What is in its place already stays out of it.
  const start = firstAfter(timesUs, timesUs[middle] ?? 0, from, middle);
  const end = firstNotBefore(timesUs, timesUs[middle - 1] ?? 0, middle, to);
  if (middle - start <= HELD) mergeUp(samples, { start, middle, end });
  else if (end - middle <= HELD) mergeDown(samples, { start, middle, end });
  else mergeSplit(samples, { start, middle, end });
}

/** As two shorter merges, the samples between them having changed places. */
function mergeSplit(samples: Samples, { start, middle, end }: Halves): void {
  const { timesUs } = samples;
  const longerLeft = middle - start > end - middle;
  const left = longerLeft
    ? start + ((middle - start) >> 1)
    : firstAfter(timesUs, timesUs[middle + ((end - middle) >> 1)] ?? 0, start, middle);
  const right = longerLeft
    ? firstNotBefore(timesUs, timesUs[left] ?? 0, middle, end)
    : middle + ((end - middle) >> 1);
  rotate(samples, { start: left, middle, end: right });
  const pivot = left + (right - middle);
  merge(samples, { start, middle: left, end: pivot });
  merge(samples, { start: pivot, middle: right, end });
}

/** With the left part held apart. */
function mergeUp({ timesUs, nodes, heldTimes, heldNodes }: Samples, { start, middle, end }: Halves): void {
  const held = middle - start;
  heldTimes.set(timesUs.subarray(start, middle));
  heldNodes.set(nodes.subarray(start, middle));
  let right = middle;
  let left = 0;
  for (let at = start; left < held; at += 1) {
    if (right < end && (timesUs[right] ?? 0) < (heldTimes[left] ?? 0)) {
      timesUs[at] = timesUs[right] ?? 0;
      nodes[at] = nodes[right] ?? 0;
      right += 1;
    } else {
      timesUs[at] = heldTimes[left] ?? 0;
      nodes[at] = heldNodes[left] ?? 0;
      left += 1;
    }
  }
}

/** With the right part held apart. */
function mergeDown({ timesUs, nodes, heldTimes, heldNodes }: Samples, { start, middle, end }: Halves): void {
  heldTimes.set(timesUs.subarray(middle, end));
  heldNodes.set(nodes.subarray(middle, end));
  let left = middle - 1;
  let right = end - middle - 1;
  for (let at = end - 1; right >= 0; at -= 1) {
    if (left >= start && (timesUs[left] ?? 0) > (heldTimes[right] ?? 0)) {
      timesUs[at] = timesUs[left] ?? 0;
      nodes[at] = nodes[left] ?? 0;
      left -= 1;
    } else {
      timesUs[at] = heldTimes[right] ?? 0;
      nodes[at] = heldNodes[right] ?? 0;
      right -= 1;
    }
  }
}

/** Makes the two parts change places. */
function rotate({ timesUs, nodes }: Samples, { start, middle, end }: Halves): void {
  for (const values of [timesUs, nodes]) {
    values.subarray(start, middle).reverse();
    values.subarray(middle, end).reverse();
    values.subarray(start, end).reverse();
  }
}
