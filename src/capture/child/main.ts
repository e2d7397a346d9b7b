/** The process that one run takes place in: asked once by its parent, answers once, ends. */
import { pathToFileURL } from 'node:url';
import { BYTES_PER_KIB, NS_PER_MS, NS_PER_US, US_PER_MS } from '../../base/units.ts';
import { describeThrown } from './describe-thrown.ts';
import { FileSinkError } from './file-sink.ts';
import { type ImplementationModule, importImplementation } from './implementation.ts';
import type { ChildMessage, Pass, Phase, RecordedPass, RunRequest, RunResult } from './messages.ts';
import { drain, wholeOf } from './output.ts';
import { openOutput } from './output-destination.ts';
import { receiveRequest, send } from './parent.ts';
import { untilQuiet } from './quiet.ts';
import { startRecorder } from './recorder.ts';
import { endWhenIdle, reportUncaught, untilSettled } from './shutdown.ts';
import { startedBetween, watchStartedProcesses } from './started-processes.ts';
import type { SteadyPlan } from './steady.ts';

let phase: Phase = 'import';
let settled = false;

async function enter(next: Phase): Promise<void> {
  await untilSettled();
  phase = next;
  send({ kind: 'phase', phase });
}

const request = receiveRequest();
reportUncaught(() => phase);
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
  process.exit(1);
}

async function execute({ entry, input, pass }: RunRequest): Promise<RunResult> {
  const recorder = isRecorded(pass) ? await startRecorder(pass) : null;
  const started = watchStartedProcesses();
  const { implementation, importMs } = await load(entry);
  await enter('setup');
  const setupStart = readClocks();
  await implementation.setup?.(input);
  const setupMs = (readClocks().atNs - setupStart.atNs) / NS_PER_MS;
  await untilQuiet();
  await enter('run');

  const output = await openOutput(pass);
  const { take } = output;
  await recorder?.beforeRun(take);
  output.reset();
  const startedBefore = started();
  const start = readClocks();
  await recorder?.runStarts();
  const raw = await implementation.run(input);
  if (pass.kind !== 'judging') await drain(raw, take);
  // Counts are taken before the clocks, which are called functions too; the time of a counting run does not matter.
  if (pass.kind === 'counting') await recorder?.runEnded(output.chunks());
  const end = readClocks();
  if (pass.kind === 'sampling') await recorder?.runEnded(output.chunks());
  const startedByRun = startedBetween(startedBefore, started());
  const peakRssBytes = process.resourceUsage().maxRSS * BYTES_PER_KIB;
  const window = { startUs: start.atNs / NS_PER_US, endUs: end.atNs / NS_PER_US };
  const threads = (await recorder?.threads(window)) ?? [];
  const openResources = process.getActiveResourcesInfo().filter((name) => !OWN_RESOURCES.has(name));
  await enter('output');
  const made = await output.finish(pass.kind === 'judging' ? undefined : raw);
  const repeatedMs = pass.kind === 'steady' ? await repeat(implementation, input, pass.plan) : [];
  const outputsEqual = pass.kind === 'judging' ? await judge(raw, input, pass) : null;
  await enter('teardown');
  await implementation.teardown?.();
  await enter('shutdown');
  return {
    nodeVersion: process.versions.node,
    importMs,
    setupMs,
    wallMs: (end.atNs - start.atNs) / NS_PER_MS,
    cpuMs: (end.cpuUs - start.cpuUs) / US_PER_MS + (startedByRun.cpuMs ?? 0),
    peakRssBytes,
    window,
    repeatedMs,
    outputsEqual,
    processCpuMs: readClocks().cpuUs / US_PER_MS + (started().cpuMs ?? 0),
    output: made,
    openResources,
    mappedScripts: recorder?.mappedScripts() ?? [],
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
  const config = await import(pathToFileURL(configFile).href);
  const { jobs, equal } = config.default;
  return Boolean(await (jobs?.[job]?.equal ?? equal)(before, after));
}

async function load(entry: string): Promise<{ implementation: ImplementationModule; importMs: number }> {
  const start = readClocks();
  const implementation = await importImplementation(entry);
  return { implementation, importMs: (readClocks().atNs - start.atNs) / NS_PER_MS };
}

async function repeat(
  implementation: ImplementationModule,
  input: unknown,
  plan: SteadyPlan,
): Promise<number[]> {
  const { timeRepeatedly } = await import('./steady.ts');
  return timeRepeatedly(async () => {
    const start = readClocks();
    await drain(await implementation.run(input), () => undefined);
    return (readClocks().atNs - start.atNs) / NS_PER_MS;
  }, plan);
}

/** The monotonic clock, ns (exact in a double for 104 days of up-time), and the CPU time of all threads so far, µs. */
function readClocks(): { readonly atNs: number; readonly cpuUs: number } {
  const { user, system } = process.cpuUsage();
  return { cpuUs: user + system, atNs: Number(process.hrtime.bigint()) };
}

function isRecorded(pass: Pass): pass is RecordedPass {
  return pass.kind === 'sampling' || pass.kind === 'counting';
}

/** What this process itself holds open: the standard streams, a give-up timer. */
const OWN_RESOURCES = new Set(['PipeWrap', 'TTYWrap', 'Pipe', 'Timeout', 'Immediate', 'CloseReq']);
