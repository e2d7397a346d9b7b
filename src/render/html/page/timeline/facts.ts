import type { ThreadAccount } from '../../../../compare/timeline.ts';
import { escapeTerminal } from '../../../escape.ts';
import { adaptiveTime, percent } from '../../../format.ts';
import type { PageFrame, PageThread } from '../../model.ts';
import { firstUntil } from '../../self-times.ts';
import { nameAndPlace } from '../flame/names.ts';
import { clockTime } from '../parts/clock-time.ts';
import { ACTIVITIES, ACTIVITY_TITLES, type Lane } from './lanes.ts';

const SHARE_DIGITS = 9;

/** What a thread's name is followed by above its bar. */
export function laneTitle({ name, startMs, endMs, cpuMs, waitingMs }: ThreadAccount): string {
  const lifeMs = endMs - startMs;
  const share = (ms: number) => percent(ms / (lifeMs || 1), 0);
  const cpu = cpuMs === null ? 'CPU time not known' : `on a CPU ${share(cpuMs)} of ${adaptiveTime(lifeMs)}`;
  const waited = waitingMs === null ? '' : `, waited ${share(waitingMs)}`;
  return `${escapeTerminal(name)}: ${cpu}${waited}`;
}

/** Which threads worked while one waited, those first that did so longest. */
export function waitedText({ waitedFor }: ThreadAccount): string {
  return waitedFor.map(({ name, share }) => `${escapeTerminal(name)} ${percent(share, 0)}`).join(', ') || '–';
}

/** What a thread did around a moment: the parts of the slice, and the function that was sampled then. */
export function momentText(
  { lane, spanMs, atMs }: { readonly lane: Lane; readonly spanMs: number; readonly atMs: number },
  { thread, frames }: { readonly thread: PageThread | null; readonly frames: readonly PageFrame[] },
): string {
  const slices = lane.parts.working.length;
  const slice = Math.min(slices - 1, Math.max(0, Math.floor((atMs / spanMs) * slices)));
  // A sum of parts of the slice may miss 1 by a rounding error.
  const shareOf = (activity: (typeof ACTIVITIES)[number]) =>
    Number((lane.parts[activity][slice] ?? 0).toFixed(SHARE_DIGITS));
  const did = ACTIVITIES.filter((activity) => shareOf(activity) >= 0.005).map(
    (activity) => `${ACTIVITY_TITLES[activity]} ${percent(shareOf(activity), 0)}`,
  );
  const alive = atMs >= lane.startMs && atMs < lane.endMs;
  const doing = !alive ? 'not running' : did.length === 0 ? 'nothing recorded' : did.join(', ');
  const frame = thread === null ? null : frameAt(thread, frames, atMs);
  const within = frame === null || frame.engine ? '' : `; in ${nameAndPlace(frame)}`;
  return `${escapeTerminal(lane.name)} at ${clockTime(atMs)}: ${doing}${alive ? within : ''}`;
}

/** The function at the tip of the stack at a moment; null where nothing was sampled. */
export function frameAt(
  { sampleStartMs, sampleNodes, nodeFrames, lastSampleEndMs }: PageThread,
  frames: readonly PageFrame[],
  atMs: number,
): PageFrame | null {
  const sample = firstUntil(sampleStartMs, atMs);
  if (atMs < (sampleStartMs[sample] ?? Number.POSITIVE_INFINITY) || atMs >= lastSampleEndMs) return null;
  return frames[nodeFrames[sampleNodes[sample] ?? -1] ?? -1] ?? null;
}
