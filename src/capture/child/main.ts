/** The process that one run takes place in: asked once over IPC, answers once, ends. */
import { pathToFileURL } from 'node:url';
import { BYTES_PER_KIB, NS_PER_MS, NS_PER_US, US_PER_MS } from '../../base/units.ts';
import { FileSinkError } from './file-sink.ts';
import { type ImplementationModule, importImplementation } from './implementation.ts';
import type { ChildMessage, Pass, Phase, RecordedPass, RunRequest, RunResult } from './messages.ts';
import { drain, wholeOf } from './output.ts';
import { openOutput } from './output-destination.ts';
import { send } from './parent.ts';
import { untilQuiet } from './quiet.ts';
import { startRecorder } from './recorder.ts';
import { startedBetween, watchStartedProcesses } from './started-processes.ts';
import type { SteadyPlan } from './steady.ts';
import { startWatchdog } from './watchdog.ts';

let phase: Phase = 'import';
let settled = false;

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
  const watching = startWatchdog();
  // Every thread that starts from here on is followed; the watchdog is none of the job's.
  if (isRecorded(pass)) await watching;
  const recorder = isRecorded(pass) ? await startRecorder(pass) : null;
  const started = watchStartedProcesses();
  const { implementation, importMs } = await load(entry);
  await watching;
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
    loadedUrls: recorder?.loadedUrls() ?? [],
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
  return pass.kind === 'sampling' || pass.kind === 'counting' || pass.kind === 'loading';
}

/** What this process itself holds open: the standard streams, the channel to the parent, a give-up timer. */
const OWN_RESOURCES = new Set(['PipeWrap', 'TTYWrap', 'Pipe', 'Timeout', 'Immediate', 'CloseReq']);
