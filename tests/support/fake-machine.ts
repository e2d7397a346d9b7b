/** A machine whose runs take the time that a test says, on a clock that only they move. */
import { OutpaceError } from '../../src/base/errors.ts';
import { normalFrom, seededRandom } from '../../src/base/random.ts';
import type { Pass, RunResult } from '../../src/capture/child/messages.ts';
import { interruption } from '../../src/capture/ending.ts';
import type { CapturedRun, RunOptions } from '../../src/capture/run-in-child.ts';
import { THIS_MACHINE, type World } from '../../src/capture/world.ts';
import { rawFromColumns } from './profile-from-columns.ts';

/** What a run of one implementation takes. */
export interface FakeSide {
  readonly wallMs: number;
  /** The wall time by default. */
  readonly cpuMs?: number;
  /** Whether every run takes the same CPU time, however long it takes. */
  readonly steadyCpu?: boolean;
  readonly peakRssBytes?: number;
  readonly importMs?: number;
  readonly setupMs?: number;
  /** ln of each run's time over `wallMs`, replayed in turn; none: every run takes the same. */
  readonly residuals?: readonly number[];
  /** What it returns; sides with the same text are equal. */
  readonly output?: string;
  /** Calls of its functions, by name. */
  readonly calls?: Readonly<Record<string, number>>;
  /** The number of the timing run, from 1, that throws. */
  readonly failsAt?: number;
}

export interface FakeMachine {
  readonly world: World;
  /** What was run, in order. */
  readonly runs: readonly { readonly implementation: string; readonly pass: Pass['kind'] }[];
}

export interface FakeMachineOptions {
  /** What a process takes besides its run. */
  readonly startMs?: number;
  /** Called before each run, with its number from 1. */
  readonly beforeRun?: (number: number) => void;
}

/** Normal residuals with this standard deviation, as if they had been recorded. */
export function residuals(
  count: number,
  { sd, seed }: { readonly sd: number; readonly seed: number },
): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => sd * normalFrom(random));
}

const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const ENVIRONMENT = {
  ...{ node: '24.0.0', v8: '13.6', platform: 'fake x64', cpu: 'fake', cores: 2 },
  ...{ memoryBytes: 2 ** 30, gitCommit: null },
};

/** What a run takes, by the implementation's name, the folder that it runs in, and what is run with which input. */
export type SideOf = (implementation: string, cwd: string, request: RunOptions['request']) => FakeSide;

export function fakeMachine(
  sideOf: SideOf,
  { startMs = 50, beforeRun }: FakeMachineOptions = {},
): FakeMachine {
  let clockMs = 0;
  const runs: { readonly implementation: string; readonly pass: Pass['kind'] }[] = [];
  const timesOf = new Map<string, number>();
  const world: World = {
    now: () => new Date(START + clockMs),
    readEnvironment: async () => ENVIRONMENT,
    watchMachine() {
      const fromMs = clockMs;
      const elapsedMs = () => clockMs - fromMs;
      return {
        elapsedMs,
        stop: () => ({
          ...{ elapsedMs: elapsedMs(), otherLoadCores: 0, cores: 2, governor: null, thermalThrottles: null },
        }),
      };
    },
    clockResolutionMs: () => 1e-5,
    repository: THIS_MACHINE.repository,
    async run(options) {
      if (options.signal.aborted) throw interruption();
      const { pass } = options.request;
      runs.push({ implementation: options.implementation, pass: pass.kind });
      beforeRun?.(runs.length);
      if (options.signal.aborted) throw interruption();
      const side = sideOf(options.implementation, options.cwd, options.request);
      const key = `${options.implementation} ${pass.kind}`;
      const number = (timesOf.get(key) ?? 0) + 1;
      timesOf.set(key, number);
      const result = resultOf(side, { options, number });
      clockMs += startMs + result.importMs + result.setupMs + result.wallMs;
      for (const ms of result.repeatedMs) clockMs += ms;
      return result;
    },
    runClinic: notHere,
    drawWithZeroX: notHere,
  };
  return { world, runs };
}

async function notHere(): Promise<never> {
  throw new OutpaceError('MISSING_PACKAGE', 'this machine has no other tools');
}

function resultOf(
  side: FakeSide,
  { options, number }: { readonly options: RunOptions; readonly number: number },
): CapturedRun {
  const { implementation, request } = options;
  if (number === side.failsAt && request.pass.kind === 'timing')
    throw new OutpaceError('RUN_FAILED', `implementation '${implementation}' failed in run: Error: broken`);
  const wallMs = timeOf(side, number);
  const { output = 'the same', importMs = 1, setupMs = 0, cpuMs = side.wallMs, peakRssBytes = 50e6 } = side;
  const repeats = request.pass.kind === 'steady' ? 200 : 0;
  return {
    nodeVersion: ENVIRONMENT.node,
    ...{ importMs, setupMs, importCpuMs: importMs, setupCpuMs: setupMs },
    ...{ wallMs, cpuMs: side.steadyCpu === true ? cpuMs : (cpuMs * wallMs) / side.wallMs, peakRssBytes },
    mainThread: { cpuMs: Math.min(cpuMs, wallMs), runQueueMs: 0 },
    window: { startUs: 0, endUs: wallMs * 1000 },
    repeatedMs: Array.from({ length: repeats }, (_, index) => timeOf(side, number * repeats + index)),
    ...{ changedOutput: null, outputsEqual: null, processCpuMs: importMs + cpuMs },
    output: { form: 'bytes', sha256: hashOf(output), sizeBytes: output.length, uninspectable: null },
    ...{ openResources: [], mappedScripts: [], loadedUrls: [], started: { processes: 0, cpuMs: 0 } },
    threads: threadsOf(side, request.pass, wallMs),
    activity: null,
  };
}

function timeOf({ wallMs, residuals: logs = [0] }: FakeSide, number: number): number {
  return wallMs * Math.exp(logs[number % logs.length] ?? 0);
}

/** Any text as 64 hexadecimal digits. */
function hashOf(text: string): string {
  return Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64);
}

function threadsOf(side: FakeSide, pass: Pass, wallMs: number): RunResult['threads'] {
  if (pass.kind !== 'sampling' && pass.kind !== 'counting') return [];
  const life = { startUs: 0, endUs: wallMs * 1000 };
  const thread = { name: 'main', tid: 1, life, cpuUs: life.endUs, runQueueUs: 0 };
  if (pass.kind === 'sampling') {
    const samples = Math.max(1, Math.round(wallMs));
    const row = (name: string) => Array(samples).fill(name).join(' ');
    const profile = rawFromColumns(`${row('run')}\n${row('work')}`);
    return [{ ...thread, evidence: { kind: 'samples', profile: profile as never } }];
  }
  const { calls = { run: 1 } } = side;
  const counts = Object.entries(calls).map(([name, count], index) => ({
    ...{ name, url: 'file:///job.ts', line: index + 1, column: 0, endLine: index + 1, endColumn: 9 },
    ...{ calls: count, body: null },
  }));
  return [{ ...thread, evidence: { kind: 'counts', counts } }];
}
