// What a user of tinybench or of mitata does: both functions measured in one process, one after the other, and their
// samples compared. Prints `slower`, `faster` or `none` of the second. Usage: power-rivals.mjs tinybench|mitata A B
import { pathToFileURL } from 'node:url';
import { measure } from 'mitata';
import { Bench } from 'tinybench';

const [tool, ...files] = process.argv.slice(2);
const TIME_MS = 1000;
const [before, after] = await Promise.all(
  files.map(async (file) => (await import(pathToFileURL(file).href)).run),
);

/** The usual rank test of the samples, as if each were an experiment of its own: the normal approximation. */
function mannWhitneyZ(left, right) {
  const all = [...left.map((ms) => ({ ms, side: 0 })), ...right.map((ms) => ({ ms, side: 1 }))];
  all.sort((a, b) => a.ms - b.ms);
  let ranks = 0;
  for (const [index, { side }] of all.entries()) if (side === 1) ranks += index + 1;
  const [m, n] = [left.length, right.length];
  return (ranks - (n * (m + n + 1)) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12);
}

if (tool === 'tinybench') {
  const bench = new Bench({ time: TIME_MS, retainSamples: true });
  bench.add('before', before).add('after', after);
  await bench.run();
  const [left, right] = bench.tasks.map((task) => [...task.result.latency.samples]);
  const z = mannWhitneyZ(left, right);
  process.stdout.write(z > 1.96 ? 'slower' : z < -1.96 ? 'faster' : 'none');
} else {
  const left = await measure(before, { min_cpu_time: TIME_MS * 1e6 });
  const right = await measure(after, { min_cpu_time: TIME_MS * 1e6 });
  // Its summary names a winner in any case; the middle halves of the samples not touching is the most careful reading.
  process.stdout.write(right.p25 > left.p75 ? 'slower' : right.p75 < left.p25 ? 'faster' : 'none');
}
