import { escapeTerminal } from '../escape.ts';
import { frameLabel, type Recording, stacksOf } from './recording.ts';

/** Brendan Gregg's folded stacks: frames parted by semicolons, a blank, µs; a thread is its stacks' first frame. */
export function folded(recording: Recording): string {
  return [...foldedStacks(recording)].map(([stack, us]) => `${stack} ${Math.round(us)}\n`).join('');
}

/** Two recordings as `difffolded.pl` gives them: each stack with its µs before and after. */
export function foldedDifference(before: Recording, after: Recording): string {
  const [olds, news] = [foldedStacks(before), foldedStacks(after)];
  return [...new Set([...olds.keys(), ...news.keys()])]
    .map((stack) => `${stack} ${Math.round(olds.get(stack) ?? 0)} ${Math.round(news.get(stack) ?? 0)}\n`)
    .join('');
}

function foldedStacks(recording: Recording): Map<string, number> {
  const sums = new Map<string, number>();
  for (const thread of recording.threads) {
    for (const { frames, selfUs } of stacksOf(thread)) {
      const stack = [thread.name, ...frames.map(frameLabel)].map(plain).join(';');
      sums.set(stack, (sums.get(stack) ?? 0) + selfUs);
    }
  }
  return sums;
}

/** A name may hold what parts frames or lines. */
function plain(name: string): string {
  return escapeTerminal(name.replaceAll(';', ':').replaceAll(/\s/g, ' '));
}
