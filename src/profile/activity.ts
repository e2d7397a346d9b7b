import type { Window } from './model.ts';

/** What the kernel said of one thread, look after look; both accounts only ever grow. */
export interface ThreadActivity {
  readonly tid: number;
  /** The kernel's own, such as `node` or `V8Worker`. */
  readonly name: string;
  readonly looks: readonly { readonly atUs: number; readonly cpuUs: number; readonly runQueueUs: number }[];
}

type Look = ThreadActivity['looks'][number];
/** What is summed: time on a CPU alone, or with that in the queue for one. */
export type Account = (look: Look) => number;
export const onCpu: Account = ({ cpuUs }) => cpuUs;
export const ready: Account = ({ cpuUs, runQueueUs }) => cpuUs + runQueueUs;

/** What a thread used within a window, µs, its looks joined by straight lines. */
export function usedWithin({ looks }: ThreadActivity, account: Account, { startUs, endUs }: Window): number {
  return Math.max(0, usedAt(looks, account, endUs) - usedAt(looks, account, startUs));
}

/**
 * Which part of each slice of a window a thread used.
 *
 * @returns values from 0 to 1
 */
export function usedShares(
  activity: ThreadActivity,
  account: Account,
  { window, slices }: { readonly window: Window; readonly slices: number },
): number[] {
  const sliceUs = (window.endUs - window.startUs) / slices;
  if (sliceUs <= 0) return Array.from({ length: slices }, () => 0);
  return Array.from({ length: slices }, (_, slice) => {
    const startUs = window.startUs + slice * sliceUs;
    return Math.min(1, usedWithin(activity, account, { startUs, endUs: startUs + sliceUs }) / sliceUs);
  });
}

/** Before the first look and after the last nothing is known, and nothing is added. */
function usedAt(looks: ThreadActivity['looks'], account: Account, atUs: number): number {
  const next = looks.findIndex((look) => look.atUs >= atUs);
  const [before, after] = next === -1 ? [looks.at(-1), undefined] : [looks[next - 1], looks[next]];
  const known = before ?? after;
  if (before === undefined || after === undefined) return known === undefined ? 0 : account(known);
  const part = (atUs - before.atUs) / (after.atUs - before.atUs);
  return account(before) + part * (account(after) - account(before));
}
