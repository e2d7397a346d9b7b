import type { Frame } from '../../profile/model.ts';
import { frameOfNode } from '../../profile/node-frame.ts';
import { samplesWithin, spentWithin } from '../../profile/spent-time.ts';
import { frameNumbers } from './frame-numbers.ts';
import { measureOf, type Recording, stackOf, valueIn } from './recording.ts';

/** speedscope's own file format (https://www.speedscope.app/file-format-schema.json): a sampled profile a thread. */
export function speedscope(recording: Recording): string {
  const frames: { name: string; file?: string; line?: number; col?: number }[] = [];
  const frameIndex = frameNumbers(({ name, url, line, column }) => {
    const place = url === '' ? {} : { file: url, line, col: column };
    frames.push({ name: name === '' ? '(anonymous)' : name, ...place });
  });
  const measure = measureOf(recording);
  const startUs = recording.threads.reduce((least, { window }) => Math.min(least, window.startUs), Infinity);
  const profiles = recording.threads.map((thread) => {
    const bars = barsOf(thread, startUs, frameIndex);
    const weights = bars.map(({ spentUs }) => valueIn(spentUs, measure));
    return {
      ...{ type: 'sampled', name: thread.name, unit: unitOf(measure.unit), startValue: 0 },
      endValue: weights.reduce((sum, weight) => sum + weight, 0),
      samples: bars.map(({ stack }) => stack),
      weights,
    };
  });
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name: recording.name,
    exporter: 'outpace',
    shared: { frames },
    profiles,
  });
}

function unitOf(unit: string): 'microseconds' | 'bytes' | 'none' {
  if (unit === 'time') return 'microseconds';
  return unit === 'bytes' ? 'bytes' : 'none';
}

interface Bar {
  readonly stack: readonly number[];
  spentUs: number;
}

/**
 * One thread's stacks in the order of time, on the clock of all threads: what lies before its first sample is a bar without
 * a stack. Collecting garbage stands on top of the stack that it interrupts, as speedscope and DevTools show it.
 */
function barsOf(
  { profile, window }: Recording['threads'][number],
  startUs: number,
  frameIndex: (frame: Frame) => number,
): Bar[] {
  const stacks = new Map<number, readonly number[]>();
  const stackOfNode = (node: number): readonly number[] => {
    const known = stacks.get(node) ?? stackOf(profile, node).map(frameIndex);
    stacks.set(node, known);
    return known;
  };
  const bars: Bar[] = [];
  const { first, last } = samplesWithin(profile, window);
  let before = -1;
  let interrupted: readonly number[] = [];
  for (let index = first; index <= last; index += 1) {
    const spentUs = spentWithin(profile, index, window);
    if (spentUs === 0) continue;
    const bar = bars.at(-1);
    if (bar === undefined) {
      const silentUs = Math.max(profile.sampleTimesUs[index] ?? startUs, window.startUs) - startUs;
      if (silentUs > 0) bars.push({ stack: [], spentUs: silentUs });
    }
    const node = profile.sampleNodes[index] ?? 0;
    // The same stack again is the same bar, only longer.
    if (bar !== undefined && node === before) {
      bar.spentUs += spentUs;
      continue;
    }
    const stack = stackOfNode(node);
    const isCollecting = frameOfNode(profile, node).name === '(garbage collector)';
    const isNested = isCollecting && stack.length > 1;
    if (!isCollecting) interrupted = stack;
    bars.push({ stack: isCollecting && !isNested ? [...interrupted, ...stack] : stack, spentUs });
    before = node;
  }
  return bars;
}
