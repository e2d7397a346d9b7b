import type { CpuProfile, Frame, Window } from './model.ts';

/** Enough for a line of a terminal. */
export const STORY_SLICES = 60;

/** How a thread spent a span, in as many equal slices as asked for; each list holds the part of a slice, 0 to 1. */
export interface ThreadStory {
  /** When it first ran a named function of the project or of a package; null if it never did. */
  readonly usefulAtUs: number | null;
  /** In JavaScript or in what it called, waiting within it included. */
  readonly running: readonly number[];
  /** In the event loop with nothing to do. */
  readonly idle: readonly number[];
  readonly collecting: readonly number[];
}

/**
 * @param life of the thread, within the run
 * @param run what the slices divide
 */
export function threadStory(
  profile: CpuProfile,
  {
    life,
    run,
    slices,
    isHarness,
  }: { life: Window; run: Window; slices: number; isHarness: (url: string) => boolean },
): ThreadStory {
  const useful = usefulNodes(profile, isHarness);
  const kinds = kindsOfNodes(profile);
  const sliceUs = (run.endUs - run.startUs) / slices || 1;
  const spentUs = Array.from({ length: NOWHERE + 1 }, () => new Float64Array(slices + 1));
  let usefulAtUs: number | null = null;
  const { sampleNodes, sampleTimesUs, endTimeUs } = profile;
  const sliceOf = (timeUs: number) =>
    Math.min(slices, Math.max(0, Math.floor((timeUs - run.startUs) / sliceUs)));
  let slice = 0;
  let sliceEndUs = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < sampleNodes.length; index += 1) {
    let fromUs = Math.max(sampleTimesUs[index] ?? 0, life.startUs);
    const next = index + 1 < sampleTimesUs.length ? (sampleTimesUs[index + 1] ?? endTimeUs) : endTimeUs;
    const untilUs = Math.min(next, life.endUs);
    if (untilUs <= fromUs) continue;
    const node = sampleNodes[index] ?? 0;
    if (usefulAtUs === null && useful[node] === 1) usefulAtUs = fromUs;
    const parts = spentUs[kinds[node] ?? NOWHERE];
    if (parts === undefined) continue;
    if (fromUs >= sliceEndUs) {
      slice = sliceOf(fromUs);
      sliceEndUs = run.startUs + (slice + 1) * sliceUs;
    }
    // What lies behind the last slice is none of the run.
    for (; untilUs > sliceEndUs && slice < slices; sliceEndUs = run.startUs + (slice + 1) * sliceUs) {
      parts[slice] = (parts[slice] ?? 0) + (sliceEndUs - fromUs);
      fromUs = sliceEndUs;
      slice += 1;
    }
    parts[slice] = (parts[slice] ?? 0) + (untilUs - fromUs);
  }
  const [running = [], idle = [], collecting = []] = spentUs.map((parts) =>
    [...parts.subarray(0, slices)].map((us) => us / sliceUs),
  );
  return { usefulAtUs, running, idle, collecting };
}

const SPENDINGS = ['running', 'idle', 'collecting'] as const;
const NOWHERE = SPENDINGS.length;

function kindsOfNodes({ frames, nodes }: CpuProfile): Uint8Array {
  const kinds = Uint8Array.from(frames, kindOf);
  return Uint8Array.from(nodes.frames, (frame) => kinds[frame] ?? NOWHERE);
}

/** Which of `SPENDINGS` a sample in a frame shows. */
function kindOf({ url, name }: Frame): number {
  if (url === '' && name === '(root)') return NOWHERE;
  if (url === '' && name === '(idle)') return SPENDINGS.indexOf('idle');
  return SPENDINGS.indexOf(url === '' && name === '(garbage collector)' ? 'collecting' : 'running');
}

/** Whether a node lies in or under a named function that is neither Node's own nor outpace's. */
function usefulNodes({ frames, nodes }: CpuProfile, isHarness: (url: string) => boolean): Uint8Array {
  const own = frames.map(({ name, url }) => name !== '' && url.startsWith('file:') && !isHarness(url));
  const useful = new Uint8Array(nodes.parents.length);
  for (let node = 0; node < useful.length; node += 1) {
    const above = useful[nodes.parents[node] ?? -1] ?? 0;
    useful[node] = own[nodes.frames[node] ?? 0] === true ? 1 : above;
  }
  return useful;
}
