/** The process that one run takes place in: asked once over IPC, answers once, ends. */
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { BYTES_PER_KIB, NS_PER_MS, NS_PER_US, US_PER_MS } from '../../base/units.ts';
import { nowUs } from './clock.ts';
import { FileSink, FileSinkError } from './file-sink.ts';
import type { ChildMessage, Pass, Phase, RecordedPass, RunRequest, RunResult } from './messages.ts';
import { drain, fileBytes, isDrained, type Sink, valueBytes } from './output.ts';
import { startRecorder } from './recorder.ts';
import { startWatchdog } from './watchdog.ts';

const sendToParent = process.send?.bind(process);
let phase: Phase = 'import';
let settled = false;

function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (sendToParent === undefined) resolve();
    else sendToParent(message, undefined, {}, () => resolve());
  });
}

function enter(next: Phase): Promise<void> {
  phase = next;
  return send({ kind: 'phase', phase });
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
  await enter('setup');
  await implementation.setup?.(input);
  await enter('run');

  const sha256 = pass.kind === 'counting' ? createHash('sha256') : null;
  const file = pass.kind === 'writing' ? await FileSink.open(pass.file) : null;
  const said = progressSayer();
  let sizeBytes = 0;
  let chunks = 0;
  const take: Sink = (bytes) => {
    chunks += 1;
    sizeBytes += bytes.byteLength;
    sha256?.update(bytes);
    if (file === null) return;
    said(sizeBytes);
    return file.write(bytes);
  };
  await recorder?.beforeRun(take);
  chunks = 0;
  const start = readClocks();
  await recorder?.runStarts();
  const raw = await implementation.run(input);
  await drain(raw, take);
  // Counts are taken before the clocks, which are called functions too; the time of a counting run does not matter.
  if (pass.kind === 'counting') await recorder?.runEnded(chunks);
  const end = readClocks();
  if (pass.kind === 'sampling') await recorder?.runEnded(chunks);
  const peakRssBytes = process.resourceUsage().maxRSS * BYTES_PER_KIB;
  const window = { startUs: start.atNs / NS_PER_US, endUs: end.atNs / NS_PER_US };
  const threads = (await recorder?.threads(window)) ?? [];
  const openResources = process.getActiveResourcesInfo().filter((name) => !OWN_RESOURCES.has(name));
  await enter('output');
  if (!isDrained(raw))
    for (const bytes of file === null ? valueBytes(raw) : fileBytes(raw)) await take(bytes);
  await file?.close();
  await enter('teardown');
  await implementation.teardown?.();
  return {
    nodeVersion: process.versions.node,
    importMs,
    wallMs: (end.atNs - start.atNs) / NS_PER_MS,
    cpuMs: (end.cpuUs - start.cpuUs) / US_PER_MS,
    peakRssBytes,
    window,
    output: { sha256: sha256?.digest('hex') ?? null, sizeBytes },
    openResources,
    threads,
  };
}

/** The monotonic clock, ns (exact in a double for 104 days of up-time), and the CPU time of all threads so far, µs. */
function readClocks(): { readonly atNs: number; readonly cpuUs: number } {
  const { user, system } = process.cpuUsage();
  return { cpuUs: user + system, atNs: Number(process.hrtime.bigint()) };
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
