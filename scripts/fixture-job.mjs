// The small job whose profiles are kept as fixtures: recursion, garbage, waiting, and a worker that does the same.
import { isMainThread, Worker } from 'node:worker_threads';

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function litter() {
  let kept = [];
  for (let index = 0; index < 60_000; index += 1) kept = [kept.length, { index }, 'x'.repeat(index % 50)];
  return kept;
}

async function work() {
  fib(27);
  litter();
  await new Promise((resolve) => setTimeout(resolve, 10));
  return fib(25);
}

export async function run() {
  const worker = new Worker(new URL(import.meta.url));
  await work();
  await new Promise((resolve) => worker.once('exit', resolve));
  return 1;
}

if (!isMainThread) await work();
else if (process.argv[1]?.endsWith('fixture-job.mjs')) await run();
