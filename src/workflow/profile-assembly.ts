import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HARNESS_URL } from '../capture/built-program.ts';
import type { RunResult, ThreadCapture } from '../capture/child/messages.ts';
import type { CapturedRun } from '../capture/run-in-child.ts';
import { sizeWarnings, startedWarnings } from '../compare/machine-warnings.ts';
import { type Environment, PROFILE_SCHEMA_VERSION, type ProfileReport } from '../compare/profile-report.ts';
import { type FileNames, type NamedFolder, type SampledRun, summarise } from '../compare/profile-summary.ts';
import { storedOutput } from '../compare/stored-output.ts';
import { parseCpuProfile } from '../profile/parse-cpu-profile.ts';
import { sourceFrames } from '../profile/source-positions.ts';
import { profileText } from '../render/profile-text.ts';
import { chromeTrace } from '../render/trace.ts';
import { medianEstimate } from '../stats/median.ts';
import type { Artefact } from '../store/artefacts.ts';
import type { BuiltScripts } from '../store/source-maps.ts';

/** What a timing run contributes, whichever command made it. */
export type TimingRun = Pick<
  RunResult,
  'wallMs' | 'cpuMs' | 'mainThread' | 'peakRssBytes' | 'importMs' | 'setupMs' | 'openResources' | 'started'
> & {
  /** Of the output; null for a value, which a timing run does not look at. */
  readonly sizeBytes: number | null;
};

/** The three passes over one implementation. */
export interface Measured {
  readonly timing: readonly TimingRun[];
  readonly sampling: readonly CapturedRun[];
  readonly counting: RunResult;
}

/** A tree's folder of the project. */
export interface ProjectRoot {
  readonly folder: string;
  /** The folder above it that its files are named up to; itself where files above it keep their full names. */
  readonly top: string;
}

export interface ReportFacts {
  /** The folders that files are named from: the tree's own first. */
  readonly roots: readonly ProjectRoot[];
  readonly job: string;
  readonly implementation: string;
  readonly input: Record<string, unknown>;
  readonly intervalUs: number;
  readonly startedAt: Date;
  readonly environment: Environment;
  readonly built: BuiltScripts;
  /** Of the timing runs. */
  readonly includesImport?: boolean | undefined;
}

/** How functions of a tree are named in reports. */
export function fileNames({ roots, built }: Pick<ReportFacts, 'roots' | 'built'>): FileNames {
  return {
    rootUrls: roots.flatMap(namedFolders),
    isHarness: (url) => url.startsWith(HARNESS_URL),
    sourceFrame: sourceFrames(built.scripts),
  };
}

function namedFolders({ folder, top }: ProjectRoot): NamedFolder[] {
  const up = relative(top, folder)
    .split(sep)
    .filter((name) => name !== '');
  return ['', ...up].map((_, levels) => ({
    url: `${pathToFileURL(join(folder, ...Array.from({ length: levels }, () => '..'))).href}/`,
    prefix: '../'.repeat(levels),
  }));
}

/** What the three passes say, as it is stored. */
export function assembleReport(facts: ReportFacts, runs: Measured): ProfileReport {
  const { timing, sampling, counting } = runs;
  const counts = lostCounts(counting) === null ? counting.threads.map(countsOf) : null;
  const summary = summarise(sampling.map(sampledRun), counts, fileNames(facts));
  const runsMs = timing.map(({ wallMs }) => wallMs);
  const cpuRunsMs = timing.map(({ cpuMs }) => cpuMs);
  const mainThreads = timing.flatMap(({ mainThread }) => mainThread ?? []);
  const peakRssRunsBytes = timing.map(({ peakRssBytes }) => peakRssBytes);
  return {
    schemaVersion: PROFILE_SCHEMA_VERSION,
    kind: 'profile',
    job: facts.job,
    implementation: facts.implementation,
    startedAt: facts.startedAt.toISOString(),
    environment: { ...facts.environment, node: counting.nodeVersion },
    input: facts.input,
    timing: {
      runsMs,
      wallMs: medianEstimate(runsMs),
      ...(facts.includesImport === true ? { includesImport: true } : {}),
      cpuRunsMs,
      cpuMs: medianEstimate(cpuRunsMs),
      mainThreadRuns: mainThreads.length === timing.length ? mainThreads : null,
      peakRssRunsBytes,
      peakRssBytes: medianEstimate(peakRssRunsBytes),
      importMs: medianEstimate(timing.map(({ importMs }) => importMs)),
      setupMs: medianEstimate(timing.map(({ setupMs }) => setupMs)),
    },
    sampling: {
      intervalUs: facts.intervalUs,
      wallRunsMs: sampling.map(({ wallMs }) => wallMs),
      medianRun: summary.medianRun,
      sampledMs: summary.sampledMs,
      sampledRunsMs: summary.sampledRunsMs,
      workRuns: summary.workRuns,
      window: sampling[summary.medianRun]?.window,
    },
    threads: summary.threads,
    helpers: summary.helpers,
    totalCalls: summary.totalCalls,
    functions: summary.functions,
    output: storedOutput(counting.output),
    warnings: [...warningsOf(facts.implementation, runs), ...mapWarnings(facts.built)],
  };
}

/** The files of one profile: those of the median sampling run, the summary, and the report last. */
export function artefactsOf(report: ProfileReport, runs: Measured, stem: string): Artefact[] {
  const sampled = runs.sampling[report.sampling.medianRun];
  return [
    ...(sampled === undefined ? [] : profileArtefacts(sampled)),
    { folder: 'reportsDir', extension: '.txt', content: profileText(report, stem) },
    { folder: 'reportsDir', extension: '.json', content: `${JSON.stringify(report, null, 1)}\n` },
  ];
}

export function sampledRun({ wallMs, window, threads, activity, started }: CapturedRun): SampledRun {
  return {
    activity,
    startedCpuMs: started.cpuMs ?? 0,
    wallMs,
    window,
    threads: threads.flatMap(({ evidence, ...thread }) =>
      evidence.kind === 'samples'
        ? { ...thread, profile: parseCpuProfile(evidence.profile, `the profile of ${thread.name}`) }
        : [],
    ),
  };
}

export function countsOf({ evidence }: ThreadCapture) {
  return evidence.kind === 'counts' ? evidence.counts : [];
}

/** Which threads of a counting run lost their counts, and why; null where none did. */
export function lostCounts({ threads }: Pick<RunResult, 'threads'>): string | null {
  const lost = lostEvidence(threads);
  return lost.length === 0 ? null : lost.join('; ');
}

function lostEvidence(threads: readonly ThreadCapture[]): string[] {
  return threads.flatMap(({ name, evidence }) =>
    evidence.kind === 'lost' ? `${name} (${evidence.why})` : [],
  );
}

function warningsOf(name: string, { timing, sampling, counting }: Measured): string[] {
  const all = [...timing, ...sampling, counting];
  const sizes = [...timing, ...[...sampling, counting].map(({ output }) => output)].flatMap(
    ({ sizeBytes }) => sizeBytes ?? [],
  );
  const open = [...new Set(all.flatMap(({ openResources }) => openResources))];
  const uncounted = lostCounts(counting);
  const unsampled = [...new Set(sampling.flatMap(({ threads }) => lostEvidence(threads)))];
  return [
    ...(timing.length < 6
      ? [
          `${timing.length === 1 ? 'one timing run shows no spread' : `${timing.length} timing runs`}: 6 give a 95 % interval (--runs 6)`,
        ]
      : []),
    ...sizeWarnings(name, sizes),
    ...(counting.output.uninspectable === null ? [] : [counting.output.uninspectable]),
    ...(open.length > 0 ? [`run left open when it was done: ${open.join(', ')}`] : []),
    ...startedWarnings(timing.map(({ started }) => started)),
    ...(uncounted === null ? [] : [`calls are not known, since those of a thread were lost: ${uncounted}`]),
    ...(unsampled.length > 0 ? [`samples are missing: ${unsampled.join('; ')}`] : []),
  ];
}

function mapWarnings({ unreadable }: BuiltScripts): string[] {
  if (unreadable.length === 0) return [];
  return [`the source map is missing or unreadable, so that built lines are shown: ${unreadable.join(', ')}`];
}

function profileArtefacts({ threads, window }: RunResult): Artefact[] {
  const recorded = threads.flatMap(({ name, evidence }) =>
    evidence.kind === 'samples' ? { name, profile: evidence.profile } : [],
  );
  return [
    ...recorded.map(
      ({ profile: raw }, index): Artefact => ({
        folder: 'profilesDir',
        extension: index === 0 ? '.cpuprofile' : `.worker-${index}.cpuprofile`,
        content: JSON.stringify(raw),
      }),
    ),
    { folder: 'profilesDir', extension: '.trace.json', content: chromeTrace(recorded, window) },
  ];
}
