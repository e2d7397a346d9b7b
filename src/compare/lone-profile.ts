import { US_PER_MS } from '../base/units.ts';
import { functionTotals } from '../profile/function-totals.ts';
import type { CpuProfile } from '../profile/model.ts';
import { STORY_SLICES, threadStory } from '../profile/thread-story.ts';
import type { ReportFunction, ReportThread } from './profile-report.ts';

/** What a `.cpuprofile` alone tells: one recording of one thread, by whoever made it. */
export interface LoneProfile {
  readonly wallMs: number;
  readonly sampledMs: number;
  readonly thread: ReportThread;
  /** What the files' names are without. */
  readonly folder: string;
  readonly functions: readonly ReportFunction[];
}

const isHarness = (): boolean => false;

/** Files are named from the folder that all of the recording's own files lie in, so that two recordings can be compared. */
export function summariseLone(profile: CpuProfile): LoneProfile {
  const window = { startUs: profile.startTimeUs, endUs: profile.endTimeUs };
  const { functions, sampledUs, samples } = functionTotals(profile, window, isHarness);
  const { usefulAtUs: _, ...story } = threadStory(profile, {
    life: window,
    run: window,
    slices: STORY_SLICES,
    isHarness,
  });
  const folder = commonFolder(functions.map(({ frame }) => frame.url));
  const wallMs = (window.endUs - window.startUs) / US_PER_MS;
  return {
    wallMs,
    sampledMs: sampledUs / US_PER_MS,
    folder,
    thread: {
      name: 'main',
      wallMs,
      cpuMs: null,
      waitingMs: null,
      samples,
      startMs: 0,
      usefulMs: null,
      story: {
        ...story,
        running: [...story.running],
        idle: [...story.idle],
        collecting: [...story.collecting],
        onCpu: null,
        ready: null,
      },
    },
    functions: functions.map(
      ({ frame, engine, recursive, selfUs, totalUs }): ReportFunction => ({
        name: frame.name,
        file: fileWithin(folder, frame.url),
        line: frame.line,
        column: frame.column,
        engine,
        calls: null,
        primitiveCalls: null,
        body: null,
        recursive,
        selfMs: selfUs / US_PER_MS,
        totalMs: totalUs / US_PER_MS,
        selfRunsMs: [selfUs / US_PER_MS],
        totalRunsMs: [totalUs / US_PER_MS],
      }),
    ),
  };
}

/** A script's name from the folder that the recording's own files have in common. */
export function fileWithin(folder: string, url: string): string {
  return url.startsWith(folder) ? url.slice(folder.length) : url;
}

/** Of the files that are neither Node's nor a package's; with its closing slash. */
function commonFolder(urls: readonly string[]): string {
  const own = urls.filter((url) => /^(file|https?):/.test(url) && !url.includes('node_modules/'));
  const [first = '', ...others] = own.map((url) => url.slice(0, url.lastIndexOf('/') + 1));
  return others.reduce((folder, other) => {
    let common = folder;
    while (!other.startsWith(common))
      common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
    return common;
  }, first);
}
