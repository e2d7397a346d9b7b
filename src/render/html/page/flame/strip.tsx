import type { JSX } from 'preact';
import { percent } from '../../../format.ts';
import type { PageWindow } from '../../model.ts';
import { useCanvas } from '../parts/use-canvas.ts';
import { laneColours } from '../timeline/lane-colours.ts';
import { ACTIVITIES, ACTIVITY_TITLES, type Lane } from '../timeline/lanes.ts';
import { paintActivities } from '../timeline/paint-lanes.ts';
import type { Slices } from '../timeline/shares.ts';

interface StripProps {
  readonly laneIn: (slices: Slices) => Lane;
  readonly range: PageWindow;
}

/** Above a thread's boxes, which part of that time it was at work: samples alone do not tell waiting in a function from work. */
export function Strip({ laneIn, range }: StripProps): JSX.Element {
  const [canvas] = useCanvas(
    (surface) => {
      const { context, widthPx, heightPx } = surface;
      const lane = laneIn({ ...range, count: Math.max(1, Math.round(widthPx)) });
      const { fills } = laneColours(surface);
      paintActivities(context, lane, { topPx: 0, widthPx, barPx: heightPx, fills });
    },
    [laneIn, range.startMs, range.endMs],
  );
  const { parts } = laneIn({ ...range, count: 1 });
  const said = ACTIVITIES.filter((activity) => (parts[activity][0] ?? 0) >= 0.005).map(
    (activity) => `${ACTIVITY_TITLES[activity]} ${percent(parts[activity][0] ?? 0, 0)}`,
  );
  const label = `Of the time in sight, ${said.length === 0 ? 'nothing is known' : said.join(', ')}`;
  return <canvas class="flame-strip" ref={canvas} role="img" aria-label={label} title={label} />;
}
