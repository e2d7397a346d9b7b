import type { Session } from 'node:inspector';
import type { Protocol } from 'devtools-protocol';
import { assertNever } from '../../base/assert-never.ts';
import { nowUs } from './clock.ts';
import {
  INTRODUCTION_URL,
  type Post,
  resetCounts,
  startCounting,
  startListing,
  takeCounts,
} from './function-counts.ts';
import { LoadedScripts } from './loaded-scripts.ts';
import type { Evidence, RecordedPass, ThreadCapture } from './messages.ts';
import { parseSchedstat, readThreadAccounts, type ThreadAccounts } from './thread-accounts.ts';

/** How long a worker that is still alive when `run` ends may take to hand over what it recorded. */
const LIVE_WORKER_ANSWER_MS = 2000;

/** Evaluated in each worker before its own script: its kernel thread and its accounts, now and again at its end. */
const INTRODUCTION = `(() => {
  const report = globalThis.__outpaceThreadEnd;
  delete globalThis.__outpaceThreadEnd;
  const fs = process.getBuiltinModule('node:fs');
  const { bigint } = process.hrtime;
  const read = (f) => { try { return f(); } catch { return ''; } };
  const accounts = () => {
    const { user, system } = process.threadCpuUsage();
    const schedstat = read(() => fs.readFileSync('/proc/thread-self/schedstat', 'utf8'));
    return { atUs: Number(bigint() / 1000n), cpuUs: user + system, schedstat };
  };
  process.once('exit', () => report(JSON.stringify(accounts())));
  return JSON.stringify({ thread: read(() => fs.readlinkSync('/proc/thread-self')), ...accounts() });
})()
//# sourceURL=${INTRODUCTION_URL}`;

interface WatchedWorker {
  readonly name: string;
  readonly post: Post;
  /** When it was let run, or was first seen where it has not said so. */
  startUs: number;
  /** What a worker has used before its own script is not its life's. */
  start: { readonly task: string | null; readonly accounts: ThreadAccounts } | null;
  ending: { readonly atUs: number; readonly accounts: ThreadAccounts } | null;
  capture: ThreadCapture | null;
  collected: Promise<void> | null;
}

type Answer = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** Follows every worker of this process, nested ones too, from before its first line to its end. */
export class WorkerWatch {
  /** Of all threads. */
  readonly scripts = new LoadedScripts();
  readonly #session: Session;
  readonly #pass: RecordedPass;
  readonly #workers = new Map<string, WatchedWorker>();
  readonly #answers = new Map<string, Answer>();
  #nextId = 1;

  constructor(session: Session, pass: RecordedPass) {
    this.#session = session;
    this.#pass = pass;
    session.on('NodeWorker.attachedToWorker', ({ params }) => this.#attached(params));
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => this.#received(params));
  }

  /** Hands over what is known of all workers, asking those that are still alive. */
  async finish(): Promise<ThreadCapture[]> {
    await Promise.all(
      [...this.#workers].map(([sessionId, worker]) => {
        if (worker.capture !== null) return undefined;
        return Promise.race([this.#collect(sessionId), this.#giveUp(sessionId)]);
      }),
    );
    return [...this.#workers.values()].flatMap(({ capture }) => capture ?? []);
  }

  /** Lets every worker go; one that stays attached would keep the process from ending. */
  detachAll(): void {
    for (const sessionId of this.#workers.keys()) this.#detach(sessionId);
  }

  #attached({ sessionId, workerInfo, waitingForDebugger }: Attached): void {
    // Only outpace's own watchdog was started before this watch: it is let go and left out of every report.
    if (!waitingForDebugger) {
      this.#detach(sessionId);
      return;
    }
    const post: Post = (method, params) => this.#postTo(sessionId, method, params);
    const number = this.#workers.size + 1;
    const title = workerInfo.title.replace(/^\[worker \d+\] ?/, '');
    const name = title === '' || title === 'WorkerThread' ? `worker-${number}` : `worker-${number} ${title}`;
    const worker: WatchedWorker = {
      name,
      post,
      startUs: nowUs(),
      start: null,
      ending: null,
      capture: null,
      collected: null,
    };
    this.#workers.set(sessionId, worker);
    void this.#start(worker).catch(() => undefined);
  }

  async #start(worker: WatchedWorker): Promise<void> {
    const { post } = worker;
    // All at once: commands are done in order, and a worker cannot be asked again before it runs.
    const commands = [
      post('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }),
      ...this.#follow(worker),
      post('Runtime.runIfWaitingForDebugger'),
    ];
    await Promise.all(commands);
  }

  #follow(worker: WatchedWorker): readonly Promise<unknown>[] {
    const { post } = worker;
    switch (this.#pass.kind) {
      case 'sampling':
        return [startSampling(post, this.#pass.intervalUs), this.#introduce(worker)];
      case 'counting':
        return [startCounting(post), resetCounts(post)];
      case 'loading':
        return [startListing(post)];
      default:
        return assertNever(this.#pass);
    }
  }

  /** Makes the worker tell its thread's accounts at its end; its own calls would be counted, so not when counting. */
  async #introduce(worker: WatchedWorker): Promise<void> {
    const { post } = worker;
    await Promise.all([
      post('Runtime.enable'),
      post('Runtime.addBinding', { name: '__outpaceThreadEnd' }),
      post('Runtime.evaluate', { expression: INTRODUCTION, returnByValue: true }).then((reply) => {
        const { value } = (reply as Protocol.Runtime.EvaluateResponse).result;
        const { thread, ...said } = JSON.parse(value);
        const task = thread === '' ? null : `self/task/${thread.split('/').at(-1)}`;
        worker.start = { task, accounts: accountsOf(said) };
        worker.startUs = said.atUs;
      }),
    ]);
  }

  #received({ sessionId, message }: { sessionId: string; message: string }): void {
    const worker = this.#workers.get(sessionId);
    if (worker === undefined) return;
    const { id, method, params, result, error } = JSON.parse(message);
    if (id !== undefined) {
      const key = `${sessionId}:${id}`;
      const answer = this.#answers.get(key);
      this.#answers.delete(key);
      if (error === undefined) answer?.resolve(result);
      else answer?.reject(new Error(error.message));
    } else if (method === 'Runtime.bindingCalled' && params.name === '__outpaceThreadEnd') {
      const said = JSON.parse(params.payload);
      worker.ending = { atUs: said.atUs, accounts: accountsOf(said) };
    } else if (method === 'Debugger.scriptParsed') {
      this.scripts.add(params);
    } else if (method === 'NodeRuntime.waitingForDisconnect') {
      // Later would be too late: an awaited `worker.terminate()` waits for the detachment.
      void this.#collect(sessionId).finally(() => this.#detach(sessionId));
    }
  }

  /** Once, though both the worker's end and the run's may ask: taking its counts sets them to zero. */
  #collect(sessionId: string): Promise<void> {
    const worker = this.#workers.get(sessionId);
    if (worker === undefined) return Promise.resolve();
    worker.collected ??= this.#collectFrom(worker);
    return worker.collected;
  }

  async #collectFrom(worker: WatchedWorker): Promise<void> {
    const endUs = worker.ending?.atUs ?? nowUs();
    const used = usedBy(worker);
    const evidence = await this.#evidence(worker.post);
    worker.capture ??= {
      name: worker.name,
      tid: tidOf(worker),
      life: { startUs: worker.startUs, endUs },
      ...used,
      evidence,
    };
  }

  async #evidence(post: Post): Promise<Evidence> {
    try {
      if (this.#pass.kind === 'sampling') return { kind: 'samples', profile: await stopSampling(post) };
      return { kind: 'counts', counts: this.#pass.kind === 'counting' ? await takeCounts(post) : [] };
    } catch (error) {
      return { kind: 'lost', why: error instanceof Error ? error.message : String(error) };
    }
  }

  async #giveUp(sessionId: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LIVE_WORKER_ANSWER_MS).unref());
    const worker = this.#workers.get(sessionId);
    if (worker === undefined) return;
    worker.capture ??= {
      name: worker.name,
      tid: tidOf(worker),
      life: { startUs: worker.startUs, endUs: nowUs() },
      ...usedBy(worker),
      evidence: {
        kind: 'lost',
        why: `it did not answer within ${LIVE_WORKER_ANSWER_MS} ms of the end of the run`,
      },
    };
  }

  #detach(sessionId: string): void {
    // A worker that is gone already is let go already.
    this.#session.post('NodeWorker.detach', { sessionId }, () => undefined);
  }

  #postTo(sessionId: string, method: string, params: object = {}): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#answers.set(`${sessionId}:${id}`, { resolve, reject });
      const message = JSON.stringify({ id, method, params });
      this.#session.post('NodeWorker.sendMessageToWorker', { sessionId, message }, (error) => {
        if (error !== null) reject(error);
      });
    });
  }
}

function tidOf({ start }: WatchedWorker): number | null {
  const tid = Number(start?.task?.split('/').at(-1));
  return Number.isInteger(tid) ? tid : null;
}

/** What a worker has used of the CPU since its script began; null where it was ended from outside and nothing tells. */
function usedBy({ start, ending }: WatchedWorker): Pick<ThreadCapture, 'cpuUs' | 'runQueueUs'> {
  const task = start?.task ?? null;
  const now = ending?.accounts ?? (task === null ? null : readThreadAccounts(task));
  if (start === null || now === null) return { cpuUs: null, runQueueUs: null };
  const { cpuUs, runQueueUs } = start.accounts;
  const queued = now.runQueueUs === null || runQueueUs === null ? null : now.runQueueUs - runQueueUs;
  return { cpuUs: Math.max(0, now.cpuUs - cpuUs), runQueueUs: queued };
}

/** The kernel's accounts where there are any, since it is these that are read where a worker is ended from outside. */
function accountsOf(said: { readonly cpuUs: number; readonly schedstat: string }): ThreadAccounts {
  return parseSchedstat(said.schedstat) ?? { cpuUs: said.cpuUs, runQueueUs: null };
}

interface Attached {
  readonly sessionId: string;
  readonly workerInfo: { readonly title: string };
  readonly waitingForDebugger: boolean;
}

export async function startSampling(post: Post, intervalUs: number): Promise<void> {
  await Promise.all([
    post('Profiler.enable'),
    post('Profiler.setSamplingInterval', { interval: intervalUs }),
    post('Profiler.start'),
  ]);
}

export async function stopSampling(post: Post): Promise<Protocol.Profiler.Profile> {
  const { profile } = (await post('Profiler.stop')) as Protocol.Profiler.StopResponse;
  return profile;
}
