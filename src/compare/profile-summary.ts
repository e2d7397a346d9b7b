import { US_PER_MS } from '../base/units.ts';
import { onCpu, ready, type ThreadActivity, usedShares, usedWithin } from '../profile/activity.ts';
import { functionRows, mergeCounts, mergeThreads } from '../profile/function-rows.ts';
import { frameKey, functionTotals } from '../profile/function-totals.ts';
import type { CpuProfile, Frame, FunctionCount, FunctionRow, Window } from '../profile/model.ts';
import { STORY_SLICES, threadStory, usefulAtUs } from '../profile/thread-story.ts';
import { HELPERS } from './helper-threads.ts';
import type { ReportFunction, ReportThread } from './profile-report.ts';
import { workTimeOf } from './waiting.ts';

/** One thread of one sampling run. */
export interface SampledThread {
  readonly name: string;
  readonly tid: number | null;
  readonly life: Window;
  readonly cpuUs: number | null;
  readonly runQueueUs: number | null;
  readonly profile: CpuProfile;
}

export interface SampledRun {
  readonly wallMs: number;
  readonly window: Window;
  readonly threads: readonly SampledThread[];
  readonly activity: readonly ThreadActivity[] | null;
  /** CPU time of processes that it started. */
  readonly startedCpuMs?: number;
}

export interface NamedFolder {
  /** A file: URL that ends in a slash. */
  readonly url: string;
  /** What a file's path in it is put behind: empty, or the way up to it from the project's folder. */
  readonly prefix: string;
}

export interface FileNames {
  /**
   * The folders that files are named from, the project's own first; another tree of it has its own, then those of the
   * tree whose packages it shares.
   */
  readonly rootUrls: readonly NamedFolder[];
  readonly isHarness: (url: string) => boolean;
  /** Where a function of a built script was written. */
  readonly sourceFrame: (frame: Frame) => Frame;
}

/** Index of the run whose wall time is the middle one (the lower of two middles). */
export function medianRunIndex(runs: readonly { readonly wallMs: number }[]): number {
  const order = runs
    .map((run, index) => ({ index, wallMs: run.wallMs }))
    .toSorted((a, b) => a.wallMs - b.wallMs);
  return order[Math.floor((order.length - 1) / 2)]?.index ?? 0;
}

/**
 * Threads and functions of the median run, with each function's self time in every run.
 *
 * @param counts of each thread; null where those of one were lost
 */
export function summarise(
  runs: readonly SampledRun[],
  counts: readonly (readonly FunctionCount[])[] | null,
  names: FileNames,
) {
  const exact = mergeCounts(counts ?? []).filter(({ url }) => !names.isHarness(url));
  const analysed = runs.map((run) => analyseRun(run, exact, names));
  const medianRun = medianRunIndex(runs);
  const chosen = analysed[medianRun];
  if (chosen === undefined) throw new RangeError('no sampling run to summarise');
  const written = sourceFrameOnce(names.sourceFrame);
  const rowByRun = analysed.map(({ rows }) => new Map(rows.map((row) => [frameKey(row.frame), row])));
  return {
    medianRun,
    threads: chosen.threads,
    helpers: chosen.helpers,
    sampledMs: chosen.sampledUs / US_PER_MS,
    sampledRunsMs: analysed.map(({ sampledUs }) => sampledUs / US_PER_MS),
    workRuns: allKnown(runs.map(workTimeOf)),
    totalCalls: counts === null ? null : exact.reduce((sum, { calls }) => sum + calls, 0),
    functions: chosen.rows.map((row) => reportFunction(row, rowByRun, written(row), names)),
  };
}

function allKnown<Value>(values: readonly (Value | null)[]): Value[] | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
}

/** Two functions that were built from one place, as a bundler may, stay two: the second keeps its built place. */
function sourceFrameOnce(sourceFrame: FileNames['sourceFrame']): (row: FunctionRow) => Frame {
  const taken = new Set<string>();
  return ({ frame }) => {
    const source = sourceFrame(frame);
    if (taken.has(frameKey(source))) return frame;
    taken.add(frameKey(source));
    return source;
  };
}

function analyseRun(run: SampledRun, counts: readonly FunctionCount[], { isHarness }: FileNames) {
  const perThread = run.threads.map((thread) => {
    const life = overlap(thread.life, run.window);
    const totals = functionTotals(thread.profile, life, isHarness);
    const usefulUs = usefulAtUs(thread.profile, life, isHarness);
    return {
      totals,
      report: {
        ...reportThread(thread, life, totals.samples),
        ...storyOf(usefulUs, { thread, life, run }),
      },
    };
  });
  return {
    threads: perThread.map(({ report }) => report),
    helpers: helpersOf(run),
    sampledUs: perThread.reduce((sum, { totals }) => sum + totals.sampledUs, 0),
    rows: functionRows(mergeThreads(perThread.map(({ totals }) => totals.functions)), counts),
  };
}

function storyOf(
  usefulUs: number | null,
  { thread, life, run }: { thread: SampledThread; life: Window; run: SampledRun },
): Pick<ReportThread, 'startMs' | 'usefulMs' | 'story'> {
  const story = threadStory(thread.profile, { life, run: run.window, slices: STORY_SLICES });
  const activity = run.activity?.find(({ tid }) => tid === thread.tid);
  const slices = { window: run.window, slices: STORY_SLICES };
  const sinceStart = (atUs: number) => Math.max(0, atUs - run.window.startUs) / US_PER_MS;
  const rounded = (parts: readonly number[]) => parts.map((part) => Math.round(part * 1000) / 1000);
  return {
    startMs: sinceStart(life.startUs),
    usefulMs: usefulUs === null ? null : sinceStart(usefulUs),
    story: {
      running: rounded(story.running),
      idle: rounded(story.idle),
      collecting: rounded(story.collecting),
      onCpu: activity === undefined ? null : rounded(usedShares(activity, onCpu, slices)),
      ready: activity === undefined ? null : rounded(usedShares(activity, ready, slices)),
    },
  };
}

/** Threads of the process that run no JavaScript, and yet take CPU time. */
function helpersOf({ activity, threads, window }: SampledRun): { name: string; cpuMs: number }[] | null {
  if (activity === null) return null;
  const known = new Set(threads.map(({ tid }) => tid));
  return HELPERS.map(({ pattern, name }) => {
    const own = activity.filter((thread) => !known.has(thread.tid) && pattern.test(thread.name));
    return {
      name,
      cpuMs: own.reduce((sum, thread) => sum + usedWithin(thread, onCpu, window), 0) / US_PER_MS,
    };
  });
}

/** Waiting is the part of a life spent neither on a CPU nor in the queue for one. */
function reportThread(
  { name, cpuUs: usedUs, runQueueUs }: SampledThread,
  life: Window,
  samples: number,
): Omit<ReportThread, 'startMs' | 'usefulMs' | 'story'> {
  const wallUs = life.endUs - life.startUs;
  // No thread can have used more than there was; the accounts of the kernel are coarser than the clock.
  const cpuUs = usedUs === null ? null : Math.min(usedUs, wallUs);
  const waitingUs = cpuUs === null ? null : Math.max(0, wallUs - cpuUs - (runQueueUs ?? 0));
  return {
    name,
    wallMs: wallUs / US_PER_MS,
    cpuMs: cpuUs === null ? null : cpuUs / US_PER_MS,
    waitingMs: waitingUs === null ? null : waitingUs / US_PER_MS,
    samples,
  };
}

export function overlap(life: Window, window: Window): Window {
  const startUs = Math.max(life.startUs, window.startUs);
  return { startUs, endUs: Math.max(startUs, Math.min(life.endUs, window.endUs)) };
}

function reportFunction(
  { frame, engine, calls, body, recursive, selfUs, totalUs }: FunctionRow,
  rowByRun: readonly ReadonlyMap<string, FunctionRow>[],
  written: Frame,
  { rootUrls }: FileNames,
): ReportFunction {
  return {
    name: written.name,
    file: fileOf(written.url, rootUrls),
    line: written.line,
    column: written.column,
    engine,
    ignored: written.ignored ?? false,
    calls,
    // One entry cannot have come from within itself; beyond that V8 does not tell.
    primitiveCalls: calls === 1 ? 1 : null,
    body,
    recursive,
    selfMs: selfUs / US_PER_MS,
    totalMs: totalUs / US_PER_MS,
    selfRunsMs: rowByRun.map((rows) => (rows.get(frameKey(frame))?.selfUs ?? 0) / US_PER_MS),
    totalRunsMs: rowByRun.map((rows) => (rows.get(frameKey(frame))?.totalUs ?? 0) / US_PER_MS),
  };
}

/** A script's name as the reports have it: relative to the project's folder where it lies in one of `rootUrls`. */
export function fileOf(url: string, rootUrls: readonly NamedFolder[]): string {
  const folder = rootUrls.find((known) => url.startsWith(known.url));
  if (folder === undefined) return url;
  return `${folder.prefix}${decodeURIComponent(url.slice(folder.url.length))}`;
}
