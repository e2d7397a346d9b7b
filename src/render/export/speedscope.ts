import type { Frame } from '../../profile/model.ts';
import { type Recording, stackOf } from './recording.ts';

/** speedscope's own file format (https://www.speedscope.app/file-format-schema.json): a sampled profile a thread. */
export function speedscope(recording: Recording): string {
  const frames: { name: string; file?: string; line?: number; col?: number }[] = [];
  const indexOf = new Map<string, number>();
  const frameIndex = (frame: Frame): number => {
    const key = JSON.stringify(frame);
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    indexOf.set(key, frames.length);
    const { name, url, line, column } = frame;
    const place = url === '' ? {} : { file: url, line, col: column };
    return frames.push({ name: name === '' ? '(anonymous)' : name, ...place }) - 1;
  };
  const profiles = recording.threads.map(({ name, profile, window }) => {
    const { sampleNodes, sampleTimesUs, endTimeUs } = profile;
    const stacks = new Map<number, number[]>();
    const samples: number[][] = [];
    const weights: number[] = [];
    for (const [index, node] of sampleNodes.entries()) {
      const fromUs = Math.max(sampleTimesUs[index] ?? 0, window.startUs);
      const untilUs = Math.min(sampleTimesUs[index + 1] ?? endTimeUs, window.endUs);
      if (untilUs <= fromUs) continue;
      const stack = stacks.get(node) ?? stackOf(profile, node).map(frameIndex);
      stacks.set(node, stack);
      samples.push(stack);
      weights.push(untilUs - fromUs);
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
