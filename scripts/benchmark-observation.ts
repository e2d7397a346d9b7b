/**
 * What one observation costs: a whole measured process, from its start to its result, against a bare fork that imports and
 * runs the same module, in random order in one run; from the checkout and from the packed package.
 *
 * node scripts/benchmark-observation.ts [--runs 40] [--node PATH] [--no-package]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { seededRandom, shuffled } from '../src/base/random.ts';
import { BYTES_PER_MIB, US_PER_MS } from '../src/base/units.ts';
import type { Pass } from '../src/capture/child/messages.ts';
import type { runInChild } from '../src/capture/run-in-child.ts';
import { interval } from '../src/render/format.ts';
import { median, medianEstimate } from '../src/stats/median.ts';
import { hodgesLehmannPaired } from '../src/stats/signed-rank.ts';
import { packedRunner } from './observation/packed.ts';

const { values: asked } = parseArgs({
  options: {
    runs: { type: 'string', default: '40' },
    node: { type: 'string', default: process.execPath },
    package: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const runs = Number(asked.runs);
const CHECKOUT = resolve(import.meta.dirname, '../src/capture/run-in-child.ts');
const BARE_FORK = resolve(import.meta.dirname, 'observation/bare-fork.mjs');
/** About 18 ms of sums and small objects. */
const JOB = `export function run() {
  let sum = 0;
  for (let unit = 0; unit < 70_000; unit += 1) {
    const part = { index: unit, text: String(unit & 1023) };
    for (let step = 0; step < 60; step += 1) sum = (sum + part.index * step + part.text.length) | 0;
  }
  return 1 + sum * 0;
}`;
/** Repetitions of a process in the steady mode, so that both do the same. */
const REPETITIONS = 20;

interface Cost {
  readonly wallMs: number;
  /** Of the child. */
  readonly cpuMs: number;
  /** Of this process meanwhile. */
  readonly parentCpuMs: number;
  readonly peakRssBytes: number;
}

type Observed = Pick<Cost, 'cpuMs' | 'peakRssBytes'>;

async function cost(observe: () => Promise<Observed>): Promise<Cost> {
  const [startMs, startCpu] = [performance.now(), process.cpuUsage()];
  const observed = await observe();
  const { user, system } = process.cpuUsage(startCpu);
  return { ...observed, wallMs: performance.now() - startMs, parentCpuMs: (user + system) / US_PER_MS };
}

async function bareFork(entry: string, repetitions: number): Promise<Observed> {
  const child = fork(BARE_FORK, [pathToFileURL(entry).href, String(repetitions)], { execPath: asked.node });
  const exited = once(child, 'exit');
  const [answer] = await once(child, 'message');
  await exited;
  return answer;
}

function observation(run: typeof runInChild, entry: string, pass: Pass) {
  return async (): Promise<Observed> => {
    const { processCpuMs, peakRssBytes } = await run({
      request: { entry, input: {}, pass },
      ...{ implementation: 'job', nodePath: asked.node, nodeOptions: [], environment: process.env },
      ...{ stdinFile: null, timeoutMs: 60_000, cwd: tmpdir(), signal: new AbortController().signal },
    });
    return { cpuMs: processCpuMs, peakRssBytes };
  };
}

type Pair = Readonly<Record<'bare' | 'observed', Cost>>;

async function pairsOf(
  ways: Readonly<Record<'bare' | 'observed', () => Promise<Observed>>>,
): Promise<Pair[]> {
  // The first starts the guard and loads what is loaded once.
  for (const way of [ways.bare, ways.observed]) await way();
  const random = seededRandom(1);
  const pairs: Pair[] = [];
  while (pairs.length < runs) {
    const costs = new Map<string, Cost>();
    for (const name of shuffled(['bare', 'observed'] as const, random))
      costs.set(name, await cost(ways[name]));
    const [bare, observed] = [costs.get('bare'), costs.get('observed')];
    if (bare !== undefined && observed !== undefined) pairs.push({ bare, observed });
  }
  return pairs;
}

const FIGURES: readonly { readonly what: string; readonly of: (one: Cost) => number }[] = [
  { what: 'wall time', of: ({ wallMs }) => wallMs },
  { what: 'child CPU', of: ({ cpuMs }) => cpuMs },
  { what: 'total CPU', of: ({ cpuMs, parentCpuMs }) => cpuMs + parentCpuMs },
];

function table(title: string, pairs: readonly Pair[]): string {
  const rows = FIGURES.map(({ what, of }) => {
    const log = hodgesLehmannPaired(pairs.map(({ bare, observed }) => Math.log(of(observed) / of(bare))));
    const [bare, observed] = [
      median(pairs.map((pair) => of(pair.bare))),
      median(pairs.map((pair) => of(pair.observed))),
    ];
    const ratio = interval({ ...log, low: Math.exp(log.low), high: Math.exp(log.high) }, (one) =>
      one.toFixed(2),
    );
    return `  ${what.padEnd(10)}${bare.toFixed(1).padStart(8)} ms${observed.toFixed(1).padStart(8)} ms   ×${Math.exp(log.point).toFixed(2)} (${ratio})`;
  });
  const more = medianEstimate(
    pairs.map(({ bare, observed }) => (observed.peakRssBytes - bare.peakRssBytes) / BYTES_PER_MIB),
  );
  const memory = `  peak memory: ${more.point.toFixed(1)} MiB more (${interval(more, (one) => one.toFixed(1))})`;
  return [title, ...rows, memory, ''].join('\n');
}

const folder = await mkdtemp(join(tmpdir(), 'outpace-observation-'));
try {
  const entry = join(folder, 'job.mjs');
  await writeFile(entry, JOB);
  const runners = {
    'from the checkout': CHECKOUT,
    ...(asked.package ? { 'from the package': await packedRunner(folder) } : {}),
  };
  process.stdout.write(
    [
      `${runs} pairs each: bare fork, outpace, and their ratio`,
      `Node: ${asked.node}`,
      'Warm-up, not counted: the first pair of each table (start of the guard, modules).',
      `Steady: in both, one run and ${REPETITIONS} repetitions of it. Total CPU: with the parent's.`,
      '',
      '',
    ].join('\n'),
  );
  for (const [where, module] of Object.entries(runners)) {
    const { runInChild: run }: { readonly runInChild: typeof runInChild } = await import(
      pathToFileURL(module).href
    );
    const steady: Pass = { kind: 'steady', plan: { timeMs: 0, minIterations: REPETITIONS } };
    for (const [mode, pass, calls] of [
      ['cold', { kind: 'timing' }, 1],
      ['steady', steady, 1 + REPETITIONS],
    ] as const) {
      const pairs = await pairsOf({
        bare: () => bareFork(entry, calls),
        observed: observation(run, entry, pass),
      });
      process.stdout.write(`${table(`${mode}, ${where}`, pairs)}\n`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
