/** The process that one run takes place in: asked once over IPC, answers once, ends. */
import { createHash } from 'node:crypto';
import { Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';
import { BYTES_PER_KIB, NS_PER_MS, US_PER_MS } from '../../base/units.ts';
import { nowUs } from './clock.ts';
import { FileSink, FileSinkError } from './file-sink.ts';
import { type Post, resetCounts, startCounting, takeCounts } from './function-counts.ts';
import type {
  ChildMessage,
  Evidence,
  Pass,
  Phase,
  RecordedPass,
  RunRequest,
  RunResult,
  ThreadCapture,
} from './messages.ts';
import { drain, fileBytes, isDrained, type Sink, valueBytes } from './output.ts';
import { readThreadAccounts } from './thread-accounts.ts';
import { startWatchdog } from './watchdog.ts';
import { startSampling, stopSampling, WorkerWatch } from './worker-watch.ts';

const sendToParent = process.send?.bind(process);
let phase: Phase = 'import';
let settled = false;

function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (sendToParent === undefined) resolve();
    else sendToParent(message, undefined, {}, () => resolve());
  });
}

function enter(next: Phase): void {
  phase = next;
  void send({ kind: 'phase', phase });
}

process.once('message', (request) => {
  // The implementation must not find a parent to talk to.
  delete process.send;
  process.channel?.unref();
  process.once('beforeExit', () => {
    if (!settled)
      void finish({ kind: 'failed', phase, message: 'it can never settle: nothing is left to wait for' });
  });
  execute(request as RunRequest).then(
    (result) => finish({ kind: 'done', result }),
    (thrown: unknown) =>
      finish(
        thrown instanceof FileSinkError
          ? { kind: 'not written', message: thrown.message }
          : { kind: 'failed', phase, message: described(thrown) },
      ),
  );
});

async function finish(message: ChildMessage): Promise<void> {
  settled = true;
  await send(message);
  process.exit(0);
}

function described(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.stack ?? thrown.message;
  return `threw ${typeof thrown === 'string' ? JSON.stringify(thrown) : String(thrown)}, which is not an Error`;
}

async function execute({ entry, input, pass }: RunRequest): Promise<RunResult> {
  await startWatchdog();
  const recorder = isRecorded(pass) ? await startRecorder(pass) : null;
  const importStartNs = process.hrtime.bigint();
  const implementation = await import(pathToFileURL(entry).href);
  const importMs = Number(process.hrtime.bigint() - importStartNs) / NS_PER_MS;
  if (typeof implementation.run !== 'function') {
    throw new TypeError(
      `${entry} exports no function run; it exports: ${Object.keys(implementation).join(', ') || 'nothing'}`,
    );
  }
  enter('setup');
  await implementation.setup?.(input);
  enter('run');
  await recorder?.beforeRun();

  const sha256 = pass.kind === 'counting' ? createHash('sha256') : null;
  const file = pass.kind === 'writing' ? await FileSink.open(pass.file) : null;
  const said = progressSayer();
  let sizeBytes = 0;
  const take: Sink = (bytes) => {
    sizeBytes += bytes.byteLength;
    sha256?.update(bytes);
    if (file === null) return;
    said(sizeBytes);
    return file.write(bytes);
  };
  const cpuBefore = process.cpuUsage();
  const startNs = process.hrtime.bigint();
  const startUs = nowUs();
  const raw = await implementation.run(input);
  await drain(raw, take);
  const wallMs = Number(process.hrtime.bigint() - startNs) / NS_PER_MS;
  const { user, system } = process.cpuUsage(cpuBefore);
  const endUs = nowUs();
  const peakRssBytes = process.resourceUsage().maxRSS * BYTES_PER_KIB;

  const threads = (await recorder?.afterRun({ startUs, endUs })) ?? [];
  const openResources = process.getActiveResourcesInfo().filter((name) => !OWN_RESOURCES.has(name));
  enter('output');
  if (!isDrained(raw))
    for (const bytes of file === null ? valueBytes(raw) : fileBytes(raw)) await take(bytes);
  await file?.close();
  enter('teardown');
  await implementation.teardown?.();
  return {
    nodeVersion: process.versions.node,
    importMs,
    wallMs,
    cpuMs: (user + system) / US_PER_MS,
    peakRssBytes,
    window: { startUs, endUs },
    output: { sha256: sha256?.digest('hex') ?? null, sizeBytes },
    openResources,
    threads,
  };
}

function isRecorded(pass: Pass): pass is RecordedPass {
  return pass.kind === 'sampling' || pass.kind === 'counting';
}

/** Tells the parent how much was written, at most every so often. */
function progressSayer(): (sizeBytes: number) => void {
  let lastUs = nowUs();
  return (sizeBytes) => {
    const atUs = nowUs();
    if (atUs - lastUs < PROGRESS_EVERY_MS * US_PER_MS) return;
    lastUs = atUs;
    void send({ kind: 'progress', sizeBytes });
  };
}

const PROGRESS_EVERY_MS = 100;

/** What this process itself holds open: the standard streams, the channel to the parent, a give-up timer. */
const OWN_RESOURCES = new Set(['PipeWrap', 'TTYWrap', 'Pipe', 'Timeout', 'Immediate', 'CloseReq']);

interface Recorder {
  beforeRun(): Promise<void>;
  afterRun(window: { startUs: number; endUs: number }): Promise<ThreadCapture[]>;
}

async function startRecorder(pass: RecordedPass): Promise<Recorder> {
  const session = new Session();
  session.connect();
  const post: Post = (method, params) =>
    new Promise((resolve, reject) => {
      session.post(method, params, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
  const workers = new WorkerWatch(session, pass);
  process.on('exit', () => workers.detachAll());
  await post('NodeWorker.enable', { waitForDebuggerOnStart: true });
  if (pass.kind === 'sampling') await startSampling(post, pass.intervalUs);
  else await startCounting(post);

  let before = readThreadAccounts('thread-self');
  let cpuBefore = process.threadCpuUsage();
  return {
    async beforeRun() {
      if (pass.kind === 'counting') await resetCounts(post);
      before = readThreadAccounts('thread-self');
      cpuBefore = process.threadCpuUsage();
    },
    async afterRun(life) {
      const { user, system } = process.threadCpuUsage(cpuBefore);
      const after = readThreadAccounts('thread-self');
      const evidence: Evidence =
        pass.kind === 'sampling'
          ? { kind: 'samples', profile: await stopSampling(post) }
          : { kind: 'counts', counts: await takeCounts(post) };
      const main: ThreadCapture = {
        name: 'main',
        life,
        cpuUs: after !== null && before !== null ? after.cpuUs - before.cpuUs : user + system,
        runQueueUs: after !== null && before !== null ? after.runQueueUs - before.runQueueUs : null,
        evidence,
      };
      return [main, ...(await workers.finish())];
    },
  };
}
