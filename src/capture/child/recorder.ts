import { Session } from 'node:inspector';
import type { FunctionCount, Window } from '../../profile/model.ts';
import type { MappedScript } from '../../profile/source-positions.ts';
import { eachOf, OwnPromise } from './captured.ts';
import { threadCpuUsedUs } from './clock.ts';
import {
  CountsResetError,
  listScripts,
  type Post,
  resetCounts,
  startCounting,
  startListing,
  takeCounts,
  withoutOwnCalls,
} from './function-counts.ts';
import type { Evidence, RecordedPass, ThreadCapture } from './messages.ts';
import { readThreadAccounts } from './thread-accounts.ts';
import { startSampling, stopSampling, WorkerWatch } from './worker-watch.ts';

/** Follows every thread of this process through one run. */
export interface Recorder {
  /** Just before the clocks are read; `takeChunk` is what the harness does with each chunk of an output. */
  beforeRun(takeChunk: (bytes: Uint8Array) => unknown): Promise<void>;
  /** The last thing before `run` is called. */
  runStarts(): Promise<void>;
  /** The first thing after it; `chunks` is how often `takeChunk` was called. */
  runEnded(chunks: number): Promise<void>;
  /** All threads, main first. */
  threads(run: Window): Promise<ThreadCapture[]>;
  /** The scripts seen so far that name a source map; known when counting. */
  mappedScripts(): readonly MappedScript[];
  /** The file: URLs of all that was loaded so far; known when counting and when listing. */
  loadedUrls(): Promise<readonly string[]>;
}

/** Starts before the implementation is imported: V8 loses inlined callees of what was optimised before profiling began. */
export async function startRecorder(pass: RecordedPass): Promise<Recorder> {
  const session = new Session();
  session.connect();
  const post: Post = (method, params) =>
    new OwnPromise((resolve, reject) => {
      session.post(method, params, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
  const workers = new WorkerWatch(session, pass);
  process.on('exit', () => workers.detachAll());
  await post('NodeWorker.enable', { waitForDebuggerOnStart: true });
  if (pass.kind !== 'sampling') {
    session.on('Debugger.scriptParsed', ({ params }) => workers.scripts.add(params));
    if (pass.kind === 'counting') {
      await startCounting(post);
      return countingRecorder(post, workers);
    }
    await startListing(post);
    return loadingRecorder(post, workers);
  }
  await startSampling(post, pass.intervalUs);
  return samplingRecorder(post, workers);
}

function samplingRecorder(post: Post, workers: WorkerWatch): Recorder {
  let queuedUs: number | null = null;
  let cpuBeforeUs = 0;
  let used: Pick<ThreadCapture, 'cpuUs' | 'runQueueUs'> = { cpuUs: null, runQueueUs: null };
  return {
    async beforeRun() {
      queuedUs = readThreadAccounts('thread-self')?.runQueueUs ?? null;
      cpuBeforeUs = threadCpuUsedUs();
    },
    async runStarts() {},
    async runEnded() {
      const cpuUs = threadCpuUsedUs() - cpuBeforeUs;
      const now = readThreadAccounts('thread-self')?.runQueueUs ?? null;
      // The time on the CPU is not read there: for a thread that runs, the kernel brings it up to date by the tick.
      used = {
        cpuUs,
        runQueueUs: now === null || queuedUs === null ? null : now - queuedUs,
      };
    },
    async threads(life) {
      const evidence: Evidence = { kind: 'samples', profile: await stopSampling(post) };
      return withMain({ name: 'main', tid: OWN_PID, life, ...used, evidence }, await workers.finish());
    },
    mappedScripts: () => [],
    loadedUrls: async () => [],
  };
}

function countingRecorder(post: Post, workers: WorkerWatch): Recorder {
  let askedOnce: FunctionCount[] = [];
  let tookOneChunk: FunctionCount[] = [];
  let evidence: Evidence = { kind: 'lost', why: 'the run did not end' };
  return {
    async beforeRun(takeChunk) {
      // Again, where the job stopped the counters before its run.
      await startCounting(post);
      // Twice: the first time, Node makes what it needs from then on.
      for (let round = 0; round < 2; round += 1) {
        await resetCounts(post);
        askedOnce = await takeCounts(post);
        await resetCounts(post);
        takeChunk(new Uint8Array(0));
        tookOneChunk = withoutOwnCalls(await takeCounts(post), [{ counts: askedOnce, times: 1 }]);
      }
    },
    runStarts: () => resetCounts(post),
    async runEnded(chunks) {
      evidence = await lostIfReset(async () => ({
        kind: 'counts',
        counts: withoutOwnCalls(await takeCounts(post), [
          { counts: askedOnce, times: 1 },
          { counts: tookOneChunk, times: chunks },
        ]),
      }));
    },
    async threads(life) {
      const main = { name: 'main', tid: OWN_PID, life, cpuUs: null, runQueueUs: null, evidence };
      return withMain(main, await workers.finish());
    },
    mappedScripts: () => workers.scripts.mapped(),
    loadedUrls: () => listedUrls(post, workers),
  };
}

function loadingRecorder(post: Post, workers: WorkerWatch): Recorder {
  return {
    async beforeRun() {},
    async runStarts() {},
    async runEnded() {},
    // The workers that are still alive list their scripts now.
    threads: () => workers.finish(),
    mappedScripts: () => [],
    loadedUrls: () => listedUrls(post, workers),
  };
}

async function listedUrls(post: Post, { scripts }: WorkerWatch): Promise<readonly string[]> {
  await listScripts(post);
  return scripts.urls();
}

async function lostIfReset(take: () => Promise<Evidence>): Promise<Evidence> {
  try {
    return await take();
  } catch (error) {
    if (error instanceof CountsResetError) return { kind: 'lost', why: error.message };
    throw error;
  }
}

const OWN_PID = process.pid;

function withMain(main: ThreadCapture, workers: readonly ThreadCapture[]): ThreadCapture[] {
  const all = [main];
  eachOf(workers, (worker) => {
    all[all.length] = worker;
  });
  return all;
}
