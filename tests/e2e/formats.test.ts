import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Protocol } from 'devtools-protocol';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { outpace, project } from '../support/outpace.ts';

const whole = v.pipe(v.number(), v.integer());
const CallFrame = v.object({
  functionName: v.string(),
  scriptId: v.string(),
  url: v.string(),
  lineNumber: whole,
  columnNumber: whole,
});
const Profile = v.object({
  nodes: v.array(
    v.object({
      id: whole,
      callFrame: CallFrame,
      hitCount: v.optional(whole),
      children: v.optional(v.array(whole)),
      deoptReason: v.optional(v.string()),
      positionTicks: v.optional(v.array(v.object({ line: whole, ticks: whole }))),
    }),
  ),
  startTime: v.number(),
  endTime: v.number(),
  samples: v.array(whole),
  timeDeltas: v.array(whole),
});
/** The type of the published protocol takes what the schema lets through: a field that it gains is noticed here. */
const asPublished = (raw: unknown): Protocol.Profiler.Profile =>
  v.parse(Profile, raw) as Protocol.Profiler.Profile;

const JOB = `
  import { Worker } from 'node:worker_threads';
  const busy = 'let s = 0; for (let i = 0; i < 3e7; i += 1) s += i % 7;';
  const worker = () => new Promise((resolve) => new Worker(busy, { eval: true }).once('exit', resolve));
  export const run = () => Promise.all([worker(), worker()]);`;

let files: Record<string, string>;
beforeAll(async () => {
  const root = await project({ 'impl-old/index.mjs': JOB });
  await outpace(root, ['profile', 'old', '--runs', '1', '--quiet']);
  const names = await readdir(join(root, 'profiles'));
  files = Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [
        name.slice(name.indexOf('_profile.') + '_profile.'.length),
        await readFile(join(root, 'profiles', name), 'utf8'),
      ]),
    ),
  );
});

test('a profile for each thread, as the protocol has it', () => {
  expect(Object.keys(files).toSorted()).toEqual([
    'cpuprofile',
    'trace.json',
    'worker-1.cpuprofile',
    'worker-2.cpuprofile',
  ]);
  for (const [name, text] of Object.entries(files)) {
    if (!name.endsWith('cpuprofile')) continue;
    const profile = asPublished(JSON.parse(text));
    expect(profile.samples).toHaveLength(profile.timeDeltas?.length ?? -1);
    expect(profile.endTime).toBeGreaterThan(profile.startTime);
  }
});

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly id?: string;
  readonly args: Record<string, unknown>;
}

test('one trace with all threads on one clock', () => {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(files['trace.json'] ?? '');
  const named = (name: string) => traceEvents.filter((event) => event.name === name);
  expect(named('thread_name').map(({ args }) => args.name)).toEqual(['main', 'worker-1', 'worker-2']);
  // DevTools leaves out a thread that has no event of its own.
  for (const name of ['main', 'worker-1', 'worker-2']) expect(named(name)).toMatchObject([{ ph: 'X' }]);
  const [run] = named('run');
  const [main, ...workers] = named('Profile').map(({ ts }) => ts);
  expect(main).toBeLessThan(run?.ts ?? 0);
  for (const start of workers) {
    // Workers are made by `run`, so that their profiles begin within it: which needs one clock for all.
    expect(start).toBeGreaterThan(run?.ts ?? 0);
    expect(start).toBeLessThan((run?.ts ?? 0) + (run?.dur ?? 0));
  }
  expect(new Set(named('ProfileChunk').map(({ id }) => id)).size).toBe(3);
});
