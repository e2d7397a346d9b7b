import { escapeTerminal } from '../escape.ts';
import { frameLabel, measureOf, type Recording, stacksOf, valueIn } from './recording.ts';

/**
 * Brendan Gregg's folded stacks: frames separated by semicolons, a space, µs, or the profile's own unit. A thread is the
 * first frame of its stacks, where threads are known.
 */
export function folded(recording: Recording): string {
  return [...foldedStacks(recording)].map(([stack, us]) => `${stack} ${countText(us)}\n`).join('');
}

/** Two recordings as `difffolded.pl` gives them: each stack with its µs before and after. */
export function foldedDifference(before: Recording, after: Recording): string {
  const [olds, news] = [foldedStacks(before), foldedStacks(after)];
  return [...new Set([...olds.keys(), ...news.keys()])]
    .map((stack) => `${stack} ${countText(olds.get(stack) ?? 0)} ${countText(news.get(stack) ?? 0)}\n`)
    .join('');
}

/** Whole numbers, which all readers of the format take; a part of one sample stays a part. */
function countText(value: number): string {
  return value > 0 && value < 1 ? String(Number(value.toPrecision(6))) : String(Math.round(value));
}

function foldedStacks(recording: Recording): Map<string, number> {
  const sums = new Map<string, number>();
  const measure = measureOf(recording);
  for (const thread of recording.threads) {
    for (const { frames, selfUs } of stacksOf(thread)) {
      const stack = [...(measure.hasThreads ? [thread.name] : []), ...frames.map(frameLabel)]
        .map(plain)
        .join(';');
      sums.set(stack, (sums.get(stack) ?? 0) + valueIn(selfUs, measure));
    }
  }
  return sums;
}

/** A name may hold what parts frames or lines. */
function plain(name: string): string {
  return escapeTerminal(name.replaceAll(';', ':').replaceAll(/\s/g, ' '));
}
