import type { Pass, RunResult } from '../capture/child/messages.ts';
import type { CapturedRun } from '../capture/run-in-child.ts';
import type { World } from '../capture/world.ts';
import type { ProfileReport } from '../compare/profile-report.ts';
import { seconds } from '../render/format.ts';
import { type ArtefactFolders, reserveStem } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Subject } from './bench-round.ts';
import { builtScriptsOf } from './built-scripts.ts';
import { inRun, NOTHING_SAVED, withSaved } from './failed-run.ts';
import {
  artefactsOf,
  assembleReport,
  type Measured,
  type ProjectRoot,
  type TimingRun,
} from './profile-assembly.ts';
import { measureRounds } from './rounds.ts';
import { runSide } from './run-side.ts';

/** Told what is being done, and within it how far it is. */
export interface ProfileProgress {
  step(message: string): void;
  detail(message: string): void;
}

export interface ProfileRequest extends Subject, ArtefactFolders {
  readonly implementation: Implementation;
  readonly timingRuns: number;
  readonly samplingRuns: number;
  readonly intervalUs: number;
  readonly progress: ProfileProgress;
}

export interface StoredProfile {
  readonly report: ProfileReport;
  readonly textFile: string;
  readonly jsonFile: string;
}

/** The three passes over one implementation, and the files that show them: all of them, or none. */
export async function profile(request: ProfileRequest): Promise<StoredProfile> {
  const { intervalUs } = request;
  const measure = async (): Promise<Measured> => {
    const timing = await repeat(request, { kind: 'timing' }, request.timingRuns);
    const sampling = await repeat(request, { kind: 'sampling', intervalUs }, request.samplingRuns);
    return { timing: timing.map(timingRun), sampling, counting: await countingRun(request) };
  };
  return storedProfile({ ...request, startedAt: request.world.now() }, () =>
    measure().catch((error: unknown) => {
      throw withSaved(error, NOTHING_SAVED);
    }),
  );
}

interface StoreRequest extends ArtefactFolders {
  readonly world: World;
  readonly root: string;
  readonly job: string;
  readonly implementation: Implementation;
  readonly input: Record<string, unknown>;
  readonly intervalUs: number;
  readonly startedAt: Date;
}

/** The tree that an implementation is of, and that whose packages it may share. */
export function rootsOf(root: string, { root: own, tops = [] }: Implementation): readonly ProjectRoot[] {
  const folders = own === undefined ? [root] : [own, root];
  return folders.map((folder, index) => ({ folder, top: tops[index] ?? folder }));
}

/** Takes a name, measures, and writes what was measured under it. */
export async function storedProfile(
  request: StoreRequest,
  measure: () => Promise<Measured>,
): Promise<StoredProfile> {
  const { startedAt, implementation } = request;
  // Before anything is measured: a folder that cannot be written to should not cost a measurement.
  const suffix = `${request.job}_${implementation.name}_profile`;
  const reservation = await reserveStem({ ...request, startedAt, suffix });
  try {
    const runs = await measure();
    const roots = rootsOf(request.root, implementation);
    const environment = await request.world.readEnvironment(roots[0]?.folder ?? request.root);
    const built = await builtScriptsOf([runs.counting]);
    const facts = { ...request, implementation: implementation.name, roots, environment, built };
    const report = assembleReport(facts, runs);
    const files = await reservation.commit(artefactsOf(report, runs, reservation.stem));
    const [textFile = '', jsonFile = ''] = files.slice(-2);
    return { report, textFile, jsonFile };
  } finally {
    await reservation.release();
  }
}

export type PassRequest = Subject & Pick<ProfileRequest, 'implementation' | 'progress'>;

/** So many runs of one pass, one after the other. */
export async function repeat(
  { implementation, ...request }: PassRequest,
  pass: Pass,
  count: number,
): Promise<CapturedRun[]> {
  const [runs = []] = await passesInTurns({ ...request, sides: [implementation] }, pass, count);
  return runs;
}

/**
 * So many runs of one pass of each side, in turns whose order is reversed each time (ABBA), so that what the machine does
 * meanwhile meets all sides alike.
 *
 * @returns the runs by index of the side
 */
export async function passesInTurns(
  request: Omit<PassRequest, 'implementation'> & { readonly sides: readonly Implementation[] },
  pass: Pass,
  count: number,
): Promise<CapturedRun[][]> {
  const { sides } = request;
  const forwards = [...sides.keys()];
  const { rounds } = await measureRounds<Implementation, CapturedRun, 'complete'>({
    cells: sides,
    order: (round) => (round % 2 === 1 ? forwards : forwards.toReversed()),
    observe: (implementation, { round }) =>
      onePass({ ...request, implementation }, pass, `${round} of ${count}`),
    afterRound: async ({ length }) => (length >= count ? 'complete' : null),
    saveFailed: null,
  });
  return sides.map((_, index) => rounds.flatMap(({ cells }) => cells[index] ?? []));
}

export function countingRun(request: PassRequest): Promise<CapturedRun> {
  return onePass(request, { kind: 'counting' }, '1 of 1');
}

/**
 * @param which such as `2 of 3`, for the person who waits
 * @throws OutpaceError naming the run that failed
 */
export async function onePass(request: PassRequest, pass: Pass, which: string): Promise<CapturedRun> {
  const { implementation, progress } = request;
  const step = `${implementation.name}: ${pass.kind} run ${which}`;
  progress.step(step);
  return runSide(request, implementation, pass, {
    onProgress: ({ elapsedMs }) => progress.detail(`${step}, ${seconds(elapsedMs, 1)}`),
  }).catch((error: unknown) => {
    throw inRun(error, step);
  });
}

export function timingRun({ output, ...result }: RunResult): TimingRun {
  return { ...result, sizeBytes: output.sizeBytes };
}
