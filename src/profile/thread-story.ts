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
  const kinds = Int8Array.from(profile.frames, kindOf);
  const sliceUs = (run.endUs - run.startUs) / slices || 1;
  const time = SPENDINGS.map(() => new Float64Array(slices));
  let usefulAtUs: number | null = null;
  const { sampleNodes, sampleTimesUs, endTimeUs, nodes } = profile;
  for (let index = 0; index < sampleNodes.length; index += 1) {
    const fromUs = Math.max(sampleTimesUs[index] ?? 0, life.startUs);
    const next = index + 1 < sampleTimesUs.length ? (sampleTimesUs[index + 1] ?? endTimeUs) : endTimeUs;
    const untilUs = Math.min(next, life.endUs);
    if (untilUs <= fromUs) continue;
    const node = sampleNodes[index] ?? 0;
    if (usefulAtUs === null && useful[node] === 1) usefulAtUs = fromUs;
    const parts = time[kinds[nodes.frames[node] ?? 0] ?? NOWHERE];
    if (parts === undefined) continue;
    const first = Math.max(0, Math.floor((fromUs - run.startUs) / sliceUs));
    for (let slice = first; slice < slices; slice += 1) {
      const sliceStart = run.startUs + slice * sliceUs;
      if (sliceStart >= untilUs) break;
      const part = Math.min(untilUs, sliceStart + sliceUs) - Math.max(fromUs, sliceStart);
      if (part > 0) parts[slice] = (parts[slice] ?? 0) + part / sliceUs;
    }
  }
  const [running = [], idle = [], collecting = []] = time.map((parts) => [...parts]);
  return { usefulAtUs, running, idle, collecting };
}

const SPENDINGS = ['running', 'idle', 'collecting'] as const;
const NOWHERE = -1;

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
