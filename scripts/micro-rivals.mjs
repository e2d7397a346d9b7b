// What a user of tinybench or of mitata does: both functions in one process, one after the other. Prints the ratio of the
// second to the first, with what each tool shows as its spread. Usage: micro-rivals.mjs tinybench|mitata A B
import { pathToFileURL } from 'node:url';
import { measure } from 'mitata';
import { Bench } from 'tinybench';

const [tool, ...files] = process.argv.slice(2);
const TIME_MS = 1000;
const [before, after] = await Promise.all(
  files.map(async (file) => (await import(pathToFileURL(file).href)).run),
);

/** Mean and margin of error of each. */
async function byTinybench() {
  const bench = new Bench({ time: TIME_MS });
  bench.add('before', before).add('after', after);
  await bench.run();
  return bench.tasks.map(({ result: { latency } }) => ({
    point: latency.mean * 1e6,
    low: (latency.mean - latency.moe) * 1e6,
    high: (latency.mean + latency.moe) * 1e6,
  }));
}

/** Median and middle half of each. */
async function byMitata() {
  const options = { min_cpu_time: TIME_MS * 1e6 };
  const all = [await measure(before, { ...options }), await measure(after, { ...options })];
  return all.map(({ p50, p25, p75 }) => ({ point: p50, low: p25, high: p75 }));
}

const [left, right] = await (tool === 'tinybench' ? byTinybench() : byMitata());
const ratio = { point: right.point / left.point, low: right.low / left.high, high: right.high / left.low };
process.stdout.write(JSON.stringify({ beforeNs: left.point, afterNs: right.point, ratio }));
