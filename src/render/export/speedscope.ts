import { samplesWithin, spentWithin } from '../../profile/spent-time.ts';
import { frameNumbers } from './frame-numbers.ts';
import { type Recording, stackOf } from './recording.ts';

/** speedscope's own file format (https://www.speedscope.app/file-format-schema.json): a sampled profile a thread. */
export function speedscope(recording: Recording): string {
  const frames: { name: string; file?: string; line?: number; col?: number }[] = [];
  const frameIndex = frameNumbers(({ name, url, line, column }) => {
    const place = url === '' ? {} : { file: url, line, col: column };
    frames.push({ name: name === '' ? '(anonymous)' : name, ...place });
  });
  const profiles = recording.threads.map(({ name, profile, window }) => {
    const stacks = new Map<number, number[]>();
    const samples: number[][] = [];
    const weights: number[] = [];
    let before = -1;
    const { first, last } = samplesWithin(profile, window);
    for (let index = first; index <= last; index += 1) {
      const spentUs = spentWithin(profile, index, window);
      if (spentUs === 0) continue;
      const node = profile.sampleNodes[index] ?? 0;
      if (node === before) {
        // The same stack again is the same bar, only longer.
        weights.push((weights.pop() ?? 0) + spentUs);
        continue;
      }
      const stack = stacks.get(node) ?? stackOf(profile, node).map(frameIndex);
      stacks.set(node, stack);
      samples.push(stack);
      weights.push(spentUs);
      before = node;
    }
    const endValue = weights.reduce((sum, weight) => sum + weight, 0);
    return { type: 'sampled', name, unit: 'microseconds', startValue: 0, endValue, samples, weights };
  });
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name: recording.name,
    exporter: 'outpace',
    shared: { frames },
    profiles,
  });
}
