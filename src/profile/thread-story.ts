import type { CpuProfile, Frame, Window } from './model.ts';
import { addSpentByGroup, samplesWithin, spentWithin } from './spent-time.ts';

/** Enough for a line of a terminal. */
export const STORY_SLICES = 60;

/** How a thread spent a span, in as many equal slices as asked for; each list holds the part of a slice, 0 to 1. */
export interface ThreadStory {
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
  { life, run, slices }: { readonly life: Window; readonly run: Window; readonly slices: number },
): ThreadStory {
  const kinds = kindsOfNodes(profile);
  const sliceUs = (run.endUs - run.startUs) / slices || 1;
  const perSlice = Array.from({ length: slices }, (_, slice) => {
    const startUs = Math.max(life.startUs, run.startUs + slice * sliceUs);
    const endUs = Math.min(life.endUs, run.startUs + (slice + 1) * sliceUs);
    const sums = new Float64Array(NOWHERE + 1);
    if (startUs < endUs) addSpentByGroup(profile, { startUs, endUs }, { groups: kinds, sums });
    return sums;
  });
  const partsOf = (spending: (typeof SPENDINGS)[number]) =>
    perSlice.map((sums) => (sums[SPENDINGS.indexOf(spending)] ?? 0) / sliceUs);
  return {
    running: partsOf('running'),
    idle: partsOf('idle'),
    collecting: partsOf('collecting'),
  };
}

/** When a thread first ran a named function of the project or of a package, µs; null if it never did. */
export function usefulAtUs(
  profile: CpuProfile,
  life: Window,
  isHarness: (url: string) => boolean,
): number | null {
  const useful = usefulNodes(profile, isHarness);
  const { first, last } = samplesWithin(profile, life);
  for (let index = first; index <= last; index += 1) {
    if (useful[profile.sampleNodes[index] ?? 0] === 1 && spentWithin(profile, index, life) > 0)
      return Math.max(profile.sampleTimesUs[index] ?? 0, life.startUs);
  }
  return null;
}

const SPENDINGS = ['running', 'idle', 'collecting'] as const;
const NOWHERE = SPENDINGS.length;

function kindsOfNodes({ frames, nodes }: CpuProfile): Uint8Array {
  const kindOfFrame = Uint8Array.from(frames, kindOf);
  const kinds = new Uint8Array(nodes.frames.length);
  for (let node = 0; node < kinds.length; node += 1)
    kinds[node] = kindOfFrame[nodes.frames[node] ?? NOWHERE] ?? NOWHERE;
  return kinds;
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
