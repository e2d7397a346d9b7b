import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchReport } from '../../src/compare/bench-report.ts';
import type { Comparison } from '../../src/compare/comparison.ts';
import { residuals } from './fake-machine.ts';
import { hybridMachine } from './hybrid-machine.ts';
import { outpaceHere } from './in-process.ts';
import { project } from './outpace.ts';

// Called so seldom that V8 does not inline `grow`, and so long that every function is sampled.
const OLD = `
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
function grow(round) {
  let sum = 0;
  for (let i = 0; i < 4; i += 1) sum += fib(22 + ((round + i) % 2));
  return sum;
}
export function run({ rounds }) {
  let sum = 0;
  for (let round = 0; round < rounds; round += 1) sum += grow(round);
  return sum;
}`;

const NEW = `
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
${OLD.replace('export function run', 'export function half')
  .replace('round = 0; round < rounds; round += 1', 'round = from; round < rounds; round += 2')
  .replace('{ rounds }', '{ rounds, from }')}
export async function run({ rounds }) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { rounds, from: 1 } });
  const other = once(worker, 'message');
  const own = half({ rounds, from: 0 });
  const [rest] = await other;
  return own + rest;
}`;

const WORKER = `
import { parentPort, workerData } from 'node:worker_threads';
import { half } from './index.js';
parentPort.postMessage(half(workerData));`;

/** As on two free cores: the work is the same, and half of it has a thread of its own. */
const SIDES = {
  old: { wallMs: 90, residuals: residuals(499, { sd: 0.02, seed: 1 }) },
  new: { wallMs: 60, cpuMs: 110, peakRssBytes: 60e6, residuals: residuals(499, { sd: 0.02, seed: 2 }) },
};

/**
 * A project with a job on one thread and on two, measured and shown on a page by the one command. Every thread's recording
 * is real; the timed runs are stated, so that the verdict is the same on a busy machine.
 */
export async function measuredProject() {
  const root = await project({
    'package.json': '{"name":"sums","type":"module"}',
    'impl-old/index.js': OLD,
    'impl-new/index.js': NEW,
    'impl-new/worker.js': WORKER,
    'outpace.config.mjs': "export default { job: 'sums', input: { rounds: 60 } };",
  });
  const { world: machine } = hybridMachine((name) => (name === 'old' ? SIDES.old : SIDES.new));
  const args = ['gain', '--quick', '--json', '--quiet'];
  const { stdout, stderr, exitCode } = await outpaceHere(root, args, { machine });
  if (exitCode !== 0) throw new Error(stderr);
  const comparison: Comparison = JSON.parse(stdout);
  const [benchFile = ''] = globSync('reports/*_bench.json', { cwd: root });
  const [pageFile = ''] = globSync('reports/*_report.html', { cwd: root });
  const bench: BenchReport = JSON.parse(readFileSync(join(root, benchFile), 'utf8'));
  return { root, comparison, bench, file: join(root, pageFile) };
}
