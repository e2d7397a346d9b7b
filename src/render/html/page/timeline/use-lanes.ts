import { useMemo, useRef } from 'preact/hooks';
import type { Timeline } from '../../../../compare/timeline.ts';
import type { PageRecording } from '../../model.ts';
import { type Lane, laneMaker } from './lanes.ts';

/** More threads than a canvas can be high for stand in the table alone. */
export const MOST_LANES = 200;

interface Laned {
  readonly timeline: Timeline;
  readonly recording: PageRecording | null;
  readonly spanMs: number;
}

/** The lanes in as many slices as there are pixels, computed when that number changes. */
export function useLanes({ timeline, recording, spanMs }: Laned): (count: number) => readonly Lane[] {
  const makers = useMemo(() => laneMakers(timeline, recording), [timeline, recording]);
  const made = useRef<{ of: readonly unknown[]; lanes: readonly Lane[] } | null>(null);
  return (count) => {
    const of = [makers, spanMs, count];
    if (made.current === null || made.current.of.some((part, index) => part !== of[index])) {
      made.current = { of, lanes: makers.map((laneIn) => laneIn({ startMs: 0, endMs: spanMs, count })) };
    }
    return made.current.lanes;
  };
}

function laneMakers(timeline: Timeline, recording: PageRecording | null) {
  const { frames, runMs } = recording ?? { frames: [], runMs: timeline.wallMs };
  return timeline.threads
    .slice(0, MOST_LANES)
    .map((account, index) =>
      laneMaker({ account, thread: recording?.threads[index] ?? null, frames, runMs }),
    );
}
