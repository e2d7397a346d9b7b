import { US_PER_MS } from '../base/units.ts';
import { mergeThreads } from '../profile/function-rows.ts';
import { type FunctionTotal, functionTotals } from '../profile/function-totals.ts';
import type { Frame, RecordedThread, Window } from '../profile/model.ts';
import { isOwn } from '../profile/origin.ts';
import { normalUrl, packageFile } from '../profile/script-url.ts';
import { STORY_SLICES, threadStory } from '../profile/thread-story.ts';
import { commonFolder } from './common-folder.ts';
import type { ReportFunction, ReportThread } from './profile-report.ts';

/** What a recording alone tells, by whoever made it: of one thread, or of several on one clock. */
export interface LoneProfile {
  readonly wallMs: number;
  readonly sampledMs: number;
  readonly threads: readonly ReportThread[];
  /** What the files' names are without. */
  readonly folder: string;
  /** Over all threads. */
  readonly functions: readonly ReportFunction[];
  /** The same, with their files as the recording names them. */
  readonly totals: readonly FunctionTotal[];
}

const isHarness = (): boolean => false;

/** Files are named from the folder that all of the recording's own files lie in, so that two recordings can be compared. */
export function summariseLone(threads: readonly RecordedThread[]): LoneProfile {
  const run = {
    startUs: threads.reduce(
      (least, { profile }) => Math.min(least, profile.startTimeUs),
      Number.POSITIVE_INFINITY,
    ),
    endUs: threads.reduce((most, { profile }) => Math.max(most, profile.endTimeUs), Number.NEGATIVE_INFINITY),
  };
  const analysed = threads.map(({ name, profile }) => {
    const life = { startUs: profile.startTimeUs, endUs: profile.endTimeUs };
    const totals = functionTotals(profile, life, isHarness);
    return { totals, report: reportThread({ name, profile }, { life, run, samples: totals.samples }) };
  });
  const [only] = analysed;
  const functions =
    only !== undefined && analysed.length === 1
      ? only.totals.functions
      : mergeThreads(analysed.map(({ totals }) => totals.functions));
  const folder = ownFolder(functions.map(({ frame }) => frame));
  return {
    wallMs: (run.endUs - run.startUs) / US_PER_MS,
    sampledMs: analysed.reduce((sum, { totals }) => sum + totals.sampledUs, 0) / US_PER_MS,
    folder,
    threads: analysed.map(({ report }) => report),
    functions: functions.map((total) => reportFunction(total, folder)),
    totals: functions,
  };
}

function reportThread(
  { name, profile }: RecordedThread,
  { life, run, samples }: { readonly life: Window; readonly run: Window; readonly samples: number },
): ReportThread {
  const story = threadStory(profile, { life, run, slices: STORY_SLICES });
  return {
    name,
    wallMs: (life.endUs - life.startUs) / US_PER_MS,
    cpuMs: null,
    waitingMs: null,
    samples,
    startMs: (life.startUs - run.startUs) / US_PER_MS,
    usefulMs: null,
    story: {
      running: [...story.running],
      idle: [...story.idle],
      collecting: [...story.collecting],
      onCpu: null,
      ready: null,
    },
  };
}

function reportFunction(
  { frame, engine, recursive, selfUs, totalUs }: FunctionTotal,
  folder: string,
): ReportFunction {
  return {
    name: frame.name,
    file: fileWithin(folder, frame.url),
    line: frame.line,
    column: frame.column,
    engine,
    ignored: false,
    calls: null,
    primitiveCalls: null,
    body: null,
    recursive,
    selfMs: selfUs / US_PER_MS,
    totalMs: totalUs / US_PER_MS,
    selfRunsMs: [selfUs / US_PER_MS],
    totalRunsMs: [totalUs / US_PER_MS],
  };
}

/** A script's name: from `node_modules/` on, or from the folder that the profile's own files have in common. */
export function fileWithin(folder: string, url: string): string {
  const inPackage = packageFile(url);
  if (inPackage !== null) return inPackage;
  const normal = normalUrl(url);
  return folder !== '' && normal.startsWith(folder) ? normal.slice(folder.length) : normal;
}

/** Of the files that are neither Node's nor a package's; with its closing slash. */
function ownFolder(frames: readonly Frame[]): string {
  const own = frames.filter((frame) =>
    isOwn({ name: frame.name, file: normalUrl(frame.url), engine: false }),
  );
  return commonFolder(own.map(({ url }) => normalUrl(url)).filter((url) => url.includes('/')));
}
