/** The process that one run takes place in: asked once by its parent, answers once, ends. */
import { NS_PER_MS, NS_PER_US, US_PER_MS } from '../../base/units.ts';
import { activeResources, collected, exitProcess, OwnMap } from './captured.ts';
import { cpuUsedUs, nowNs, peakRssBytes } from './clock.ts';
import { describeThrown } from './describe-thrown.ts';
import { FileSinkError } from './file-sink-error.ts';
import { type ImplementationModule, importImplementation } from './implementation.ts';
import { Intrinsics } from './intrinsics.ts';
import { LoopHold } from './loop-hold.ts';
import { mainThreadAccounts, mainThreadUse } from './main-thread.ts';
import type { ChildMessage, Pass, Phase, RecordedPass, RunRequest, RunResult } from './messages.ts';
import { drain, wholeOf } from './output.ts';
import { openOutput, prepareOutput, readsValues } from './output-destination.ts';
import { receiveRequest, send, sendLater } from './parent.ts';
import { untilQuiet } from './quiet.ts';
import { endWhenIdle, reportUncaught, takeLeaveAtEnd, untilSettled } from './shutdown.ts';
import { startedBetween, watchStartedProcesses } from './started-processes.ts';

let phase: Phase = 'import';
let settled = false;
const NODE_VERSION = process.versions.node;

/** @param runsJob whether the job's own code runs in it, so that the parent must know in case it never returns */
async function enter(next: Phase, runsJob: boolean): Promise<void> {
  await untilSettled();
  phase = next;
  const message = { kind: 'phase', phase } as const;
  if (runsJob) send(message);
  else sendLater(message);
}

const request = receiveRequest();
reportUncaught(() => phase);
takeLeaveAtEnd();
process.once('beforeExit', () => {
  if (!settled) fail({ kind: 'failed', phase, message: 'it can never settle: nothing is left to wait for' });
});
execute(request).then(
  (result) => {
    settled = true;
    send({ kind: 'done', result });
    endWhenIdle(request.shutdownMs);
  },
  (thrown: unknown) =>
    fail(
      thrown instanceof FileSinkError
        ? { kind: 'not written', message: thrown.message }
        : { kind: 'failed', phase, message: describeThrown(thrown) },
    ),
);

function fail(message: ChildMessage): void {
  settled = true;
  send(message);
  exitProcess(1);
}

async function execute({ entry, input, pass }: RunRequest): Promise<RunResult> {
  const loop = new LoopHold();
  const recorder = isRecorded(pass) ? await (await import('./recorder.ts')).startRecorder(pass) : null;
  await prepareOutput(pass);
  const started = watchStartedProcesses();
  const steady = pass.kind === 'steady' ? await import('./repetitions.ts') : null;
  const intrinsics = readsValues(pass) ? new Intrinsics() : null;
  const { implementation, importMs, importCpuMs } = await loop.releasedFor(() => load(entry));
  await enter('setup', implementation.setup !== undefined);
  const setupStart = readClocks();
  await loop.releasedFor(() => implementation.setup?.(input));
  const { wallMs: setupMs, cpuMs: setupCpuMs } = timeSince(setupStart);
  const repetitions = steady === null ? null : new steady.Repetitions(implementation, { input, intrinsics });
  await untilQuiet();
  await enter('run', true);

  const output = await openOutput(pass);
  const { take } = output;
  await recorder?.beforeRun(take);
  output.reset();
  loop.release();
  const startedBefore = started();
  const mainBefore = mainThreadAccounts();
  const start = readClocks();
  await recorder?.runStarts();
  const raw = await implementation.run(input);
  if (pass.kind !== 'judging') await drain(raw, take);
  // Counts are taken before the clocks, which are called functions too; the time of a counting run does not matter.
  if (pass.kind === 'counting') await recorder?.runEnded(output.chunks());
  const end = readClocks();
  const mainThread = mainThreadUse(mainBefore, mainThreadAccounts());
  if (pass.kind === 'sampling') await recorder?.runEnded(output.chunks());
  loop.hold();
  const startedByRun = startedBetween(startedBefore, started());
  const peakBytes = peakRssBytes();
  const window = { startUs: start.atNs / NS_PER_US, endUs: end.atNs / NS_PER_US };
  const threads = (await recorder?.threads(window)) ?? [];
  const openResources = collected(activeResources(), (name) => (OWN_RESOURCES.has(name) ? null : name));
  await enter('output', readsValues(pass) || pass.kind === 'judging');
  const finish = () => output.finish(pass.kind === 'judging' ? undefined : raw);
  const made = await (intrinsics === null ? finish() : intrinsics.during(finish));
  const repeated =
    pass.kind === 'steady'
      ? await loop.releasedFor(() => repetitions?.run(pass.plan, { raw, sizeBytes: made.sizeBytes }))
      : null;
  const outputsEqual = pass.kind === 'judging' ? await loop.releasedFor(() => judge(raw, input, pass)) : null;
  await enter('teardown', implementation.teardown !== undefined);
  await loop.releasedFor(() => implementation.teardown?.());
  const loadedUrls = (await recorder?.loadedUrls()) ?? [];
  await enter('shutdown', false);
  loop.release();
  return {
    nodeVersion: NODE_VERSION,
    importMs,
    setupMs,
    importCpuMs,
    setupCpuMs,
    wallMs: (end.atNs - start.atNs) / NS_PER_MS,
    cpuMs: (end.cpuUs - start.cpuUs) / US_PER_MS + (startedByRun.cpuMs ?? 0),
    mainThread,
    peakRssBytes: peakBytes,
    window,
    repeatedMs: repeated?.repeatedMs ?? [],
    repeated: repeated?.repeated ?? null,
    changedOutput: repeated?.changedOutput ?? null,
    outputsEqual,
    processCpuMs: cpuUsedUs() / US_PER_MS + (started().cpuMs ?? 0),
    output: made,
    openResources,
    mappedScripts: recorder?.mappedScripts() ?? [],
    loadedUrls,
    started: startedByRun,
    threads,
  };
}

/** Asks the config's own `equal`; chunks are joined, since that is what they stand for. */
async function judge(
  raw: unknown,
  input: unknown,
  { otherEntry, configFile, job }: Extract<Pass, { kind: 'judging' }>,
): Promise<boolean> {
  const before = await wholeOf(raw);
  const { implementation: other } = await load(otherEntry);
  await other.setup?.(input);
  const after = await wholeOf(await other.run(input));
  await other.teardown?.();
  const { equalOf, importConfig } = await import('../../store/config-module.ts');
  const equal = equalOf(await importConfig(configFile), job);
  return Boolean(await equal(before, after));
}

interface Loaded {
  readonly implementation: ImplementationModule;
  readonly importMs: number;
  /** Of all threads of the process. */
  readonly importCpuMs: number;
}

async function load(entry: string): Promise<Loaded> {
  const start = readClocks();
  const implementation = await importImplementation(entry);
  const { wallMs, cpuMs } = timeSince(start);
  return { implementation, importMs: wallMs, importCpuMs: cpuMs };
}

interface Clocks {
  readonly atNs: number;
  readonly cpuUs: number;
}

function readClocks(): Clocks {
  return { cpuUs: cpuUsedUs(), atNs: nowNs() };
}

function timeSince(start: Clocks): { readonly wallMs: number; readonly cpuMs: number } {
  const end = readClocks();
  return { wallMs: (end.atNs - start.atNs) / NS_PER_MS, cpuMs: (end.cpuUs - start.cpuUs) / US_PER_MS };
}

function isRecorded(pass: Pass): pass is RecordedPass {
  return pass.kind === 'sampling' || pass.kind === 'counting' || pass.kind === 'loading';
}

/** What this process itself holds open: the standard streams, a give-up timer. */
const OWN_RESOURCES = new OwnMap<string, true>();
for (const name of ['PipeWrap', 'TTYWrap', 'Pipe', 'Timeout', 'Immediate', 'CloseReq']) {
  OWN_RESOURCES.set(name, true);
}
