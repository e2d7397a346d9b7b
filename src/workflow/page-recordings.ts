import { pathToFileURL } from 'node:url';
import { OutpaceError } from '../base/errors.ts';
import { US_PER_MS } from '../base/units.ts';
import { HARNESS_URL } from '../capture/built-program.ts';
import { orderedPairs } from '../compare/function-differences.ts';
import { fileWithin, summariseLone } from '../compare/lone-profile.ts';
import type { ReportFunction } from '../compare/profile-report.ts';
import { fileOf } from '../compare/profile-summary.ts';
import type { CpuProfile, RecordedThread } from '../profile/model.ts';
import { sourceFrames } from '../profile/source-positions.ts';
import type { BothSides, PageRecording, SideName } from '../render/html/model.ts';
import { pageRecording, scriptsOf } from '../render/html/page-recording.ts';
import { type RowFinder, rowFinder } from '../render/html/row-finder.ts';
import { readThreads } from '../store/recordings.ts';
import type { Stored, StoredReport } from '../store/reports.ts';
import { findMappedScripts, readBuiltScripts } from '../store/source-maps.ts';

interface Places {
  readonly root: string;
  readonly profilesDir: string;
}

/** The recordings of both sides for the page; null, with a warning, where the profiles of a report are gone. */
export async function recordingsOf(
  places: Places,
  sides: BothSides<Stored>,
): Promise<{ recordings: BothSides<PageRecording | null>; warnings: string[] }> {
  const warnings: string[] = [];
  const pairs = orderedPairs(functionsOf(sides.before), functionsOf(sides.after));
  const read = async (side: SideName): Promise<PageRecording | null> => {
    try {
      const toldAs = rowFinder(pairs, side);
      const stored = sides[side];
      return stored.kind === 'report'
        ? await reportRecording(stored, places, toldAs)
        : loneRecording(stored.threads, toldAs);
    } catch (error) {
      if (!(error instanceof OutpaceError)) throw error;
      warnings.push(`no flame graph and no timeline of ${side}: ${error.message}`);
      return null;
    }
  };
  return { recordings: { before: await read('before'), after: await read('after') }, warnings };
}

function functionsOf(side: Stored): readonly ReportFunction[] {
  return side.kind === 'report' ? side.report.functions : summariseLone(side.threads).functions;
}

async function reportRecording(
  stored: StoredReport,
  { root, profilesDir }: Places,
  toldAs: RowFinder,
): Promise<PageRecording> {
  const { report } = stored;
  const threads = await readThreads(stored, profilesDir);
  const [main] = threads;
  if (main === undefined)
    throw new OutpaceError('MISSING_REPORT', `no thread of ${stored.file} was recorded`);
  const rootUrl = `${pathToFileURL(root).href}/`;
  const urls = scriptsOf(threads.map(({ profile }) => profile)).filter((url) => url.startsWith(rootUrl));
  const { scripts } = await readBuiltScripts(await findMappedScripts(urls));
  return pageRecording(
    threads.map(({ name, profile }, index) => {
      const told = report.threads[index];
      return {
        ...{ name, profile, cpuMs: told?.cpuMs ?? null, waitingMs: told?.waitingMs ?? null },
        life: told === undefined ? null : { startMs: told.startMs, endMs: told.startMs + told.wallMs },
      };
    }),
    {
      run: report.sampling.window ?? wholeOf(main.profile),
      names: {
        isHarness: (url) => url.startsWith(HARNESS_URL),
        sourceFrame: sourceFrames(scripts),
        fileOf: (url) => fileOf(url, [{ url: rootUrl, prefix: '' }]),
        toldAs,
      },
    },
  );
}

function loneRecording(threads: readonly RecordedThread[], toldAs: RowFinder): PageRecording {
  const { folder, wallMs, threads: told } = summariseLone(threads);
  const startUs = threads.reduce((least, { profile }) => Math.min(least, profile.startTimeUs), Infinity);
  return pageRecording(
    threads.map(({ name, profile }, index) => {
      const { startMs = 0, wallMs: livedMs = 0 } = told[index] ?? {};
      const life = { startMs, endMs: startMs + livedMs };
      return { name, profile, life, cpuMs: null, waitingMs: null };
    }),
    {
      run: { startUs, endUs: startUs + wallMs * US_PER_MS },
      names: {
        isHarness: () => false,
        sourceFrame: (frame) => frame,
        fileOf: (url) => fileWithin(folder, url),
        toldAs,
      },
    },
  );
}

function wholeOf({ startTimeUs, endTimeUs }: CpuProfile) {
  return { startUs: startTimeUs, endUs: endTimeUs };
}
