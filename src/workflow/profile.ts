import { pathToFileURL } from 'node:url';
import type { RunResult, ThreadCapture } from '../capture/child/messages.ts';
import { readEnvironment, startOfNow } from '../capture/environment.ts';
import { HARNESS_URL, runInChild } from '../capture/run-in-child.ts';
import { PROFILE_SCHEMA_VERSION, type ProfileReport } from '../compare/profile-report.ts';
import { type SampledRun, summarise } from '../compare/profile-summary.ts';
import { parseCpuProfile } from '../profile/parse-cpu-profile.ts';
import { seconds } from '../render/format.ts';
import { profileText } from '../render/profile-text.ts';
import { chromeTrace } from '../render/trace.ts';
import { medianEstimate } from '../stats/median.ts';
import { type Artefact, reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';

export interface ProfileRequest {
  readonly root: string;
  readonly job: string;
  readonly implementation: Implementation;
  readonly input: Record<string, unknown>;
  readonly timingRuns: number;
  readonly samplingRuns: number;
  readonly intervalUs: number;
  readonly timeoutMs: number;
  readonly profilesDir: string;
  readonly reportsDir: string;
  readonly nodePath: string;
  readonly signal: AbortSignal;
  readonly progress: ProfileProgress;
}

/** Told what is being done, and within it how far it is. */
export interface ProfileProgress {
  step(message: string): void;
  detail(message: string): void;
}

export interface StoredProfile {
  readonly report: ProfileReport;
  readonly textFile: string;
  readonly jsonFile: string;
}

/** The three passes over one implementation, and the files that show them: all of them, or none. */
export async function profile(request: ProfileRequest): Promise<StoredProfile> {
  const startedAt = startOfNow();
  const { name } = request.implementation;
  const suffix = `${request.job}_${name}_profile`;
  // Before anything is measured: a folder that cannot be written to should not cost a measurement.
  const reservation = await reserveStem({ ...request, startedAt, suffix });
  try {
    const runs = await measure(request);
    const report = await toReport(request, runs, startedAt);
    const sampled = runs.sampling[report.sampling.medianRun];
    const files = await reservation.commit([
      ...(sampled === undefined ? [] : profileArtefacts(sampled)),
      { folder: 'reportsDir', extension: '.txt', content: profileText(report, reservation.stem) },
      { folder: 'reportsDir', extension: '.json', content: `${JSON.stringify(report, null, 1)}\n` },
    ]);
    const [textFile = '', jsonFile = ''] = files.slice(-2);
    return { report, textFile, jsonFile };
  } finally {
    await reservation.release();
  }
}

interface Measured {
  readonly timing: readonly RunResult[];
  readonly sampling: readonly RunResult[];
  readonly counting: RunResult;
}

async function measure(request: ProfileRequest): Promise<Measured> {
  const timing = await repeat(request, { kind: 'timing' }, request.timingRuns);
  const sampling = await repeat(
    request,
    { kind: 'sampling', intervalUs: request.intervalUs },
    request.samplingRuns,
  );
  const [counting] = await repeat(request, { kind: 'counting' }, 1);
  if (counting === undefined) throw new RangeError('the counting run gave no result');
  return { timing, sampling, counting };
}

type Pass = Parameters<typeof runInChild>[0]['request']['pass'];

async function repeat(request: ProfileRequest, pass: Pass, count: number): Promise<RunResult[]> {
  const { implementation, input } = request;
  const results: RunResult[] = [];
  for (let run = 1; run <= count; run += 1) {
    const step = `${implementation.name}: ${pass.kind} run ${run} of ${count}`;
    request.progress.step(step);
    results.push(
      await runInChild({
        ...request,
        request: { entry: implementation.entry, input, pass },
        implementation: implementation.name,
        cwd: request.root,
        onProgress: ({ elapsedMs }) => request.progress.detail(`${step}, ${seconds(elapsedMs)}`),
      }),
    );
  }
  return results;
}

async function toReport(request: ProfileRequest, runs: Measured, startedAt: Date): Promise<ProfileReport> {
  const { timing, sampling, counting } = runs;
  const summary = summarise(sampling.map(sampledRun), counting.threads.map(countsOf), {
    rootUrl: `${pathToFileURL(request.root).href}/`,
    isHarness: (url) => url.startsWith(HARNESS_URL),
  });
  const runsMs = timing.map(({ wallMs }) => wallMs);
  const cpuRunsMs = timing.map(({ cpuMs }) => cpuMs);
  const peakRssRunsBytes = timing.map(({ peakRssBytes }) => peakRssBytes);
  return {
    schemaVersion: PROFILE_SCHEMA_VERSION,
    kind: 'profile',
    job: request.job,
    implementation: request.implementation.name,
    startedAt: startedAt.toISOString(),
    environment: { ...(await readEnvironment(request.root)), node: counting.nodeVersion },
    input: request.input,
    timing: {
      runsMs,
      wallMs: medianEstimate(runsMs),
      cpuRunsMs,
      cpuMs: medianEstimate(cpuRunsMs),
      peakRssRunsBytes,
      peakRssBytes: medianEstimate(peakRssRunsBytes),
      importMs: medianEstimate(timing.map(({ importMs }) => importMs)),
    },
    sampling: {
      intervalUs: request.intervalUs,
      wallRunsMs: sampling.map(({ wallMs }) => wallMs),
      medianRun: summary.medianRun,
      sampledMs: summary.sampledMs,
    },
    threads: summary.threads,
    totalCalls: summary.totalCalls,
    functions: summary.functions,
    output: { sha256: counting.output.sha256 ?? '', sizeBytes: counting.output.sizeBytes },
    warnings: warningsOf(runs),
  };
}

function sampledRun({ wallMs, window, threads }: RunResult): SampledRun {
  return {
    wallMs,
    window,
    threads: threads.flatMap(({ evidence, ...thread }) =>
      evidence.kind === 'samples'
        ? { ...thread, profile: parseCpuProfile(evidence.profile, `the profile of ${thread.name}`) }
        : [],
    ),
  };
}

function countsOf({ evidence }: ThreadCapture) {
  return evidence.kind === 'counts' ? evidence.counts : [];
}

function warningsOf({ timing, sampling, counting }: Measured): string[] {
  const all = [...timing, ...sampling, counting];
  const sizes = new Set(all.map(({ output }) => output.sizeBytes));
  const open = [...new Set(all.flatMap(({ openResources }) => openResources))];
  const lost = [...sampling, counting].flatMap(({ threads }) =>
    threads.flatMap(({ name, evidence }) => (evidence.kind === 'lost' ? `${name} (${evidence.why})` : [])),
  );
  return [
    ...(timing.length < 6 ? [`${timing.length} timing runs: 6 give a 95 % interval (--runs 6)`] : []),
    ...(sizes.size > 1 ? [`the output's size differs from run to run: ${[...sizes].join(', ')} bytes`] : []),
    ...(open.length > 0 ? [`run left open when it was done: ${open.join(', ')}`] : []),
    ...(lost.length > 0
      ? [`not recorded, so that calls and samples are missing: ${[...new Set(lost)].join('; ')}`]
      : []),
  ];
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
