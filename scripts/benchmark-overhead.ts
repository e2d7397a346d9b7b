/**
 * How much slower a run is while it is sampled: outpace at three intervals, `node --cpu-prof` and 0x, against a bare run
 * of the same implementation, interleaved. `node scripts/benchmark-overhead.ts [rounds] [users]`
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { seededRandom, shuffled } from '../src/base/random.ts';
import type { Pass } from '../src/capture/child/messages.ts';
import { runInChild } from '../src/capture/run-in-child.ts';
import { hodgesLehmannPaired } from '../src/stats/signed-rank.ts';

const ROOT = resolve(import.meta.dirname, '..');
const rounds = Number(process.argv[2] ?? 10);
const input = { users: Number(process.argv[3] ?? 20_000), seed: 42, workers: 'auto' };
const scratch = await mkdtemp(join(tmpdir(), 'outpace-overhead-'));

/** Each gives what `run` itself took, ms. */
function waysOf(name: string): Record<string, () => Promise<number>> {
  const entry = join(ROOT, `impl-${name}`, 'index.ts');
  const pass = async (chosen: Pass): Promise<number> => {
    const { wallMs } = await runInChild({
      request: { entry, input, pass: chosen },
      implementation: name,
      nodePath: process.execPath,
      nodeOptions: [],
      environment: process.env,
      stdinFile: null,
      timeoutMs: 300_000,
      cwd: ROOT,
      signal: new AbortController().signal,
    });
    return wallMs;
  };
  const script = join(scratch, `${name}.mjs`);
  const timed = async (command: string, args: readonly string[]): Promise<number> => {
    const { stderr } = await execa(command, [...args, script], {
      cwd: scratch,
      preferLocal: true,
      localDir: ROOT,
    });
    const took = /took (\d+(?:\.\d+)?) ms/.exec(stderr)?.[1];
    if (took === undefined) throw new Error(`${command} did not run the script:\n${stderr}`);
    return Number(took);
  };
  return {
    bare: () => pass({ kind: 'timing' }),
    'outpace, 1 ms': () => pass({ kind: 'sampling', intervalUs: 1000 }),
    'outpace, 500 µs': () => pass({ kind: 'sampling', intervalUs: 500 }),
    'outpace, 100 µs': () => pass({ kind: 'sampling', intervalUs: 100 }),
    'a script of its own, bare': () => timed(process.execPath, []),
    'node --cpu-prof, 1 ms': () => timed(process.execPath, ['--cpu-prof']),
    '0x, 1 ms': () =>
      timed('0x', ['--output-dir', join(scratch, `${name}-0x-{timestamp}`), '--', process.execPath]),
  };
}

async function writeScript(name: string): Promise<void> {
  const url = pathToFileURL(join(ROOT, `impl-${name}`, 'index.ts')).href;
  await writeFile(
    join(scratch, `${name}.mjs`),
    `const { run } = await import(${JSON.stringify(url)});
     const start = process.hrtime.bigint();
     for await (const chunk of await run(${JSON.stringify(input)})) void chunk;
     process.stderr.write('took ' + Number(process.hrtime.bigint() - start) / 1e6 + ' ms\\n');`,
  );
}

try {
  for (const name of ['old', 'new']) {
    await writeScript(name);
    const ways = waysOf(name);
    const times = new Map(Object.keys(ways).map((way) => [way, [] as number[]]));
    const random = seededRandom(1);
    for (let round = 0; round < rounds; round += 1) {
      for (const [way, run] of shuffled(Object.entries(ways), random)) times.get(way)?.push(await run());
      process.stderr.write(`${name}: round ${round + 1} of ${rounds}\n`);
    }
    process.stdout.write(`impl-${name}, ${input.users} users, ${rounds} rounds, ratio to its bare run:\n`);
    for (const [way, took] of times) {
      if (way.endsWith('bare')) continue;
      const bare = times.get(way.startsWith('outpace') ? 'bare' : 'a script of its own, bare') ?? [];
      const log = hodgesLehmannPaired(took.map((ms, index) => Math.log(ms / (bare[index] ?? Number.NaN))));
      const [point, low, high] = [log.point, log.low, log.high].map((value) => Math.exp(value).toFixed(3));
      const level = (100 * log.confidenceLevel).toFixed(1);
      process.stdout.write(`  ${way.padEnd(24)} ${point} (${low} to ${high}, ${level} %)\n`);
    }
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
