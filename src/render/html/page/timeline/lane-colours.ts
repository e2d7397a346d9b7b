import { patterned } from '../parts/patterns.ts';
import type { Surface } from '../parts/use-canvas.ts';
import type { LaneColours } from './paint-lanes.ts';

/** How activities are told apart: work is full, waiting hatched, queueing dotted, idle hollow. */
export function laneColours({ context, style }: Surface): LaneColours {
  const [work, wait] = [style('--timeline-work'), style('--timeline-wait')];
  return {
    fills: {
      working: work,
      collecting: patterned(context, { kind: 'stripes', colour: work, ground: style('--timeline-collect') }),
      queued: patterned(context, { kind: 'dots', colour: style('--timeline-queue'), ground: null }),
      waiting: patterned(context, { kind: 'hatch', colour: wait, ground: null }),
      idle: 'transparent',
    },
    outline: wait,
    path: style('--text'),
  };
}
