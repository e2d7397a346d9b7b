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
  const sliceUs = (run.endUs - run.startUs) / slices || 1;
  const zeros = () => new Float64Array(slices);
  const time = { running: zeros(), idle: zeros(), collecting: zeros() };
  let usefulAtUs: number | null = null;
  const { sampleNodes, sampleTimesUs, endTimeUs, nodes } = profile;
  for (let index = 0; index < sampleNodes.length; index += 1) {
    const fromUs = Math.max(sampleTimesUs[index] ?? 0, life.startUs);
    const untilUs = Math.min(sampleTimesUs[index + 1] ?? endTimeUs, life.endUs);
    if (untilUs <= fromUs) continue;
    const node = sampleNodes[index] ?? 0;
    if (useful[node] === true) usefulAtUs ??= fromUs;
    const kind = kindOf(nodes[node]?.frame);
    if (kind === null) continue;
    for (let slice = Math.floor((fromUs - run.startUs) / sliceUs); slice < slices; slice += 1) {
      const sliceStart = run.startUs + slice * sliceUs;
      if (sliceStart >= untilUs) break;
      const part = Math.min(untilUs, sliceStart + sliceUs) - Math.max(fromUs, sliceStart);
      if (slice >= 0 && part > 0) time[kind][slice] = (time[kind][slice] ?? 0) + part / sliceUs;
    }
  }
  return { usefulAtUs, running: [...time.running], idle: [...time.idle], collecting: [...time.collecting] };
}

function kindOf(frame: Frame | undefined): 'running' | 'idle' | 'collecting' | null {
  if (frame === undefined) return null;
  if (frame.url !== '') return 'running';
  if (frame.name === '(idle)') return 'idle';
  if (frame.name === '(garbage collector)') return 'collecting';
  return frame.name === '(root)' ? null : 'running';
}

/** Whether a node lies in or under a named function that is neither Node's own nor outpace's. */
function usefulNodes({ nodes }: CpuProfile, isHarness: (url: string) => boolean): boolean[] {
  const useful: boolean[] = [];
  for (const { parent, frame } of nodes) {
    const own = frame.name !== '' && frame.url.startsWith('file:') && !isHarness(frame.url);
    useful.push(own || (useful[parent] ?? false));
  }
  return useful;
}
