import type { Session } from 'node:inspector';
import type { Protocol } from 'devtools-protocol';
import { assertNever } from '../../base/assert-never.ts';
import { messageOf } from '../../base/errors.ts';
import {
  allOf,
  collected,
  OwnMap,
  OwnPromise,
  ownPattern,
  parseJson,
  replaced,
  startTimeout,
  stopTimeout,
} from './captured.ts';
import { nowUs } from './clock.ts';
import {
  listScripts,
  type Post,
  resetCounts,
  startCounting,
  startListing,
  takeCounts,
} from './function-counts.ts';
import { LoadedScripts } from './loaded-scripts.ts';
import type { Evidence, RecordedPass, ThreadCapture } from './messages.ts';
import {
  END_BINDING,
  INTRODUCTION,
  parseEnd,
  parseStart,
  tidOf,
  usedBy,
  type WorkerAccounts,
} from './worker-accounts.ts';
import { WorkerCommands } from './worker-commands.ts';

/** How long a worker that is still alive when `run` ends may take to hand over what it recorded. */
const LIVE_WORKER_ANSWER_MS = 2000;

interface WatchedWorker extends WorkerAccounts {
  readonly name: string;
  readonly post: Post;
  /** When it was first seen. */
  readonly seenUs: number;
  capture: ThreadCapture | null;
  collecting: Promise<void> | null;
}

/** Follows every worker of this process, nested ones too, from before its first line to its end. */
export class WorkerWatch {
  /** Of all threads. */
  readonly scripts = new LoadedScripts();
  readonly #session: Session;
  readonly #pass: RecordedPass;
  readonly #commands: WorkerCommands;
  readonly #workers = new OwnMap<string, WatchedWorker>();

  constructor(session: Session, pass: RecordedPass) {
    this.#session = session;
    this.#pass = pass;
    this.#commands = new WorkerCommands(session);
    session.on('NodeWorker.attachedToWorker', ({ params }) => this.#attached(params));
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => this.#received(params));
    session.on('NodeWorker.detachedFromWorker', ({ params }) => this.#commands.gone(params.sessionId));
  }

  /** Hands over what is known of all workers, asking those that are still alive. */
  async finish(): Promise<ThreadCapture[]> {
    const workers: WatchedWorker[] = [];
    this.#workers.forEach((worker) => {
      workers[workers.length] = worker;
    });
    await allOf(collected(workers, (worker) => (worker.capture === null ? this.#askInTime(worker) : null)));
    return collected(workers, ({ capture }) => capture);
  }

  /** Lets every worker go; one that stays attached would keep the process from ending. */
  detachAll(): void {
    this.#workers.forEach((_, sessionId) => {
      this.#detach(sessionId);
    });
  }

  #attached({ sessionId, workerInfo, waitingForDebugger }: Attached): void {
    // It runs already, such as a loader's (`--import`): it is let go and left out of every report.
    if (!waitingForDebugger) {
      this.#detach(sessionId);
      return;
    }
    const title = replaced(workerInfo.title, { pattern: THREAD_NUMBER, by: '' });
    const name = `worker-${this.#workers.size + 1}${title === '' || title === 'WorkerThread' ? '' : ` ${title}`}`;
    const worker: WatchedWorker = {
      name,
      post: (method, params) => this.#commands.post(sessionId, method, params),
      seenUs: nowUs(),
      start: null,
      ending: null,
      capture: null,
      collecting: null,
    };
    this.#workers.set(sessionId, worker);
    void this.#start(worker);
  }

  async #start(worker: WatchedWorker): Promise<void> {
    const { post } = worker;
    try {
      // All at once: commands are done in order, and a worker cannot be asked again before it runs.
      await allOf([
        post('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }),
        this.#follow(worker),
        post('Runtime.runIfWaitingForDebugger'),
      ]);
    } catch {
      // It has ended already; what it has not handed over is reported as lost.
    }
  }

  #follow(worker: WatchedWorker): Promise<void> {
    const { post } = worker;
    switch (this.#pass.kind) {
      case 'sampling':
        return allOf([startSampling(post, this.#pass.intervalUs), introduce(worker)]);
      case 'counting':
        return allOf([startCounting(post), resetCounts(post)]);
      case 'loading':
        return startListing(post);
      default:
        return assertNever(this.#pass);
    }
  }

  #received({ sessionId, message }: { sessionId: string; message: string }): void {
    const worker = this.#workers.get(sessionId);
    if (worker === undefined) return;
    const received = parseJson(message);
    const { method, params } = received;
    if (received.id !== undefined) this.#commands.answered(received);
    else if (method === 'Runtime.bindingCalled' && params.name === END_BINDING) {
      worker.ending = parseEnd(params.payload);
    } else if (method === 'Debugger.scriptParsed') this.scripts.add(params);
    // Later would be too late: an awaited `worker.terminate()` waits for the detachment.
    else if (method === 'NodeRuntime.waitingForDisconnect') void this.#letGo(sessionId, worker);
  }

  async #letGo(sessionId: string, worker: WatchedWorker): Promise<void> {
    await this.#collect(worker);
    this.#detach(sessionId);
  }

  /** Once, though both the worker's end and the run's may ask: taking its counts sets them to zero. */
  #collect(worker: WatchedWorker): Promise<void> {
    worker.collecting ??= this.#collectFrom(worker);
    return worker.collecting;
  }

  async #collectFrom(worker: WatchedWorker): Promise<void> {
    const endUs = worker.ending?.atUs ?? nowUs();
    const used = usedBy(worker);
    const evidence = await this.#evidence(worker.post);
    worker.capture ??= captureOf(worker, { endUs, used, evidence });
  }

  async #evidence(post: Post): Promise<Evidence> {
    try {
      if (this.#pass.kind === 'sampling') return { kind: 'samples', profile: await stopSampling(post) };
      if (this.#pass.kind === 'counting') return { kind: 'counts', counts: await takeCounts(post) };
      await listScripts(post);
      return { kind: 'counts', counts: [] };
    } catch (error) {
      return { kind: 'lost', why: messageOf(error) };
    }
  }

  /** Resolves when the worker has answered, or has had its time to. */
  #askInTime(worker: WatchedWorker): Promise<void> {
    return new OwnPromise((resolve) => {
      const timer = startTimeout(() => {
        const why = `it did not answer within ${LIVE_WORKER_ANSWER_MS} ms of the end of the run`;
        worker.capture ??= captureOf(worker, {
          endUs: nowUs(),
          used: usedBy(worker),
          evidence: { kind: 'lost', why },
        });
        resolve();
      }, LIVE_WORKER_ANSWER_MS);
      const ask = async (): Promise<void> => {
        await this.#collect(worker);
        stopTimeout(timer);
        resolve();
      };
      void ask();
    });
  }

  #detach(sessionId: string): void {
    // A worker that is gone already is let go already.
    this.#session.post('NodeWorker.detach', { sessionId }, () => undefined);
  }
}

const THREAD_NUMBER = ownPattern('^\\[worker \\d+\\] ?', '');

/** Makes the worker tell its thread's accounts at its end; its own calls would be counted, so not when counting. */
async function introduce(worker: WatchedWorker): Promise<void> {
  const { post } = worker;
  const tellStart = async (): Promise<void> => {
    const reply = await post('Runtime.evaluate', { expression: INTRODUCTION, returnByValue: true });
    worker.start = parseStart((reply as Protocol.Runtime.EvaluateResponse).result.value);
  };
  await allOf([post('Runtime.enable'), post('Runtime.addBinding', { name: END_BINDING }), tellStart()]);
}

function captureOf(
  worker: WatchedWorker,
  {
    endUs,
    used,
    evidence,
  }: { readonly endUs: number; readonly used: ReturnType<typeof usedBy>; readonly evidence: Evidence },
): ThreadCapture {
  const life = { startUs: worker.start?.atUs ?? worker.seenUs, endUs };
  return { name: worker.name, tid: tidOf(worker), life, ...used, evidence };
}

interface Attached {
  readonly sessionId: string;
  readonly workerInfo: { readonly title: string };
  readonly waitingForDebugger: boolean;
}

export async function startSampling(post: Post, intervalUs: number): Promise<void> {
  await allOf([
    post('Profiler.enable'),
    post('Profiler.setSamplingInterval', { interval: intervalUs }),
    post('Profiler.start'),
  ]);
}

export async function stopSampling(post: Post): Promise<Protocol.Profiler.Profile> {
  const { profile } = (await post('Profiler.stop')) as Protocol.Profiler.StopResponse;
  return profile;
}
