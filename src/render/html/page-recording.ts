import { US_PER_MS } from '../../base/units.ts';
import { frameKey, HARNESS, isEngine } from '../../profile/function-totals.ts';
import type { CpuProfile, Frame, Window } from '../../profile/model.ts';
import { originOf } from '../../profile/origin.ts';
import type { PageFrame, PageRecording, PageThread } from './model.ts';
import type { RowFinder } from './row-finder.ts';

/** One thread of a stored recording, with what its report tells of it. */
export interface RecordedThread {
  readonly name: string;
  readonly profile: CpuProfile;
  /** Within the run; null where it is not known, which is then the recording's whole. */
  readonly life: { readonly startMs: number; readonly endMs: number } | null;
  readonly cpuMs: number | null;
  readonly waitingMs: number | null;
}

export interface FrameNames {
  readonly isHarness: (url: string) => boolean;
  /** Where a function of a built script was written. */
  readonly sourceFrame: (frame: Frame) => Frame;
  readonly fileOf: (url: string) => string;
  readonly toldAs: RowFinder;
}

/** The threads of one run as the page shows them: on the run's clock, clipped to their lives, with the reports' names. */
export function pageRecording(
  threads: readonly RecordedThread[],
  { run, names }: { readonly run: Window; readonly names: FrameNames },
): PageRecording {
  const frames = new FrameTable(names);
  return {
    threads: threads.map((thread) => pageThread(thread, run, frames)),
    frames: frames.rows,
    runMs: (run.endUs - run.startUs) / US_PER_MS,
  };
}

/** The scripts that were seen to run. */
export function scriptsOf(profiles: readonly CpuProfile[]): string[] {
  return [...new Set(profiles.flatMap(({ frames }) => frames.map(({ url }) => url)))];
}

class FrameTable {
  readonly rows: PageFrame[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #names: FrameNames;

  constructor(names: FrameNames) {
    this.#names = names;
  }

  indexOf(recorded: Frame): number {
    const { isHarness } = this.#names;
    const frame = isHarness(recorded.url) ? HARNESS : recorded;
    const key = frameKey(frame);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    this.#indexes.set(key, this.rows.length);
    this.rows.push(this.#row(frame));
    return this.rows.length - 1;
  }

  #row(frame: Frame): PageFrame {
    const { sourceFrame, fileOf, toldAs } = this.#names;
    const engine = frame === HARNESS || isEngine(frame);
    const source = sourceFrame(frame);
    const { url, line, column } = source;
    const place = { name: source.name, file: fileOf(url), line, column };
    const { name, row } = toldAs(place, { fromBuilt: source !== frame });
    const shown = { ...place, name };
    return { ...shown, engine, origin: originOf({ ...shown, engine, ignored: source.ignored }), row };
  }
}

function pageThread(
  { name, profile, life, cpuMs, waitingMs }: RecordedThread,
  run: Window,
  frames: FrameTable,
): PageThread {
  const rowOfFrame = profile.frames.map((frame) => frames.indexOf(frame));
  const startUs = life === null ? run.startUs : run.startUs + life.startMs * US_PER_MS;
  const endUs = life === null ? run.endUs : run.startUs + life.endMs * US_PER_MS;
  return {
    name,
    startMs: (startUs - run.startUs) / US_PER_MS,
    endMs: (endUs - run.startUs) / US_PER_MS,
    cpuMs,
    waitingMs,
    nodeParents: profile.nodes.parents,
    nodeFrames: profile.nodes.frames.map((frame) => rowOfFrame[frame] ?? 0),
    ...samplesWithin(profile, { startUs, endUs }, run),
  };
}

/** As function totals are made of them: each until the next one, the last until the recording's end, clipped to the thread's life. */
function samplesWithin(
  { sampleNodes, sampleTimesUs, endTimeUs }: CpuProfile,
  life: Window,
  run: Window,
): Pick<PageThread, 'sampleNodes' | 'sampleStartMs' | 'lastSampleEndMs'> {
  const kept: number[] = [];
  for (let index = 0; index < sampleNodes.length; index += 1) {
    const untilUs = sampleTimesUs[index + 1] ?? endTimeUs;
    if (Math.min(untilUs, life.endUs) > Math.max(sampleTimesUs[index] ?? 0, life.startUs)) kept.push(index);
  }
  const sinceStart = (atUs: number) => (atUs - run.startUs) / US_PER_MS;
  const lastUs = Math.min(sampleTimesUs[(kept.at(-1) ?? -1) + 1] ?? endTimeUs, life.endUs);
  return {
    sampleNodes: Int32Array.from(kept, (index) => sampleNodes[index] ?? 0),
    sampleStartMs: Float64Array.from(kept, (index) =>
      sinceStart(Math.max(sampleTimesUs[index] ?? 0, life.startUs)),
    ),
    lastSampleEndMs: kept.length === 0 ? sinceStart(life.startUs) : sinceStart(lastUs),
  };
}
