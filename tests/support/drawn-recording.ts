import { frameKey } from '../../src/profile/function-totals.ts';
import type { CpuProfile } from '../../src/profile/model.ts';
import type { PageFrame, PageRecording, PageThread } from '../../src/render/html/model.ts';
import { profileFromColumns } from './profile-from-columns.ts';

/** Threads drawn as text, as a page is given them: one column a sample of 1 ms, root on top. */
export function drawnRecording(...pictures: readonly string[]): PageRecording {
  return recordingOf(pictures.map((picture) => profileFromColumns(picture)));
}

/** Whole profiles as a page is given them, their clock that of the run. */
export function recordingOf(profiles: readonly CpuProfile[]): PageRecording {
  const frames: PageFrame[] = [];
  const known = new Map<string, number>();
  const threads = profiles.map((profile, index): PageThread => {
    const ids = profile.frames.map((frame) => {
      const id = known.get(frameKey(frame)) ?? frames.length;
      known.set(frameKey(frame), id);
      const { name, url, line, column } = frame;
      frames[id] ??= { name, file: url, line, column, origin: 'own files', engine: url === '', row: -1 };
      return id;
    });
    const { sampleNodes, sampleTimesUs, endTimeUs } = profile;
    const lasting = [...sampleNodes.keys()].filter(
      (sample) => (sampleTimesUs[sample + 1] ?? endTimeUs) > (sampleTimesUs[sample] ?? 0),
    );
    return {
      name: index === 0 ? 'main' : `worker ${index}`,
      startMs: profile.startTimeUs / 1000,
      endMs: profile.endTimeUs / 1000,
      cpuMs: null,
      waitingMs: null,
      nodeParents: profile.nodes.parents,
      nodeFrames: profile.nodes.frames.map((frame) => ids[frame] ?? 0),
      sampleNodes: Int32Array.from(lasting, (sample) => sampleNodes[sample] ?? 0),
      sampleStartMs: Float64Array.from(lasting, (sample) => (sampleTimesUs[sample] ?? 0) / 1000),
      lastSampleEndMs: profile.endTimeUs / 1000,
    };
  });
  return { frames, runMs: Math.max(0, ...threads.map(({ endMs }) => endMs)), threads };
}
