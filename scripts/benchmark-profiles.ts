/**
 * How fast profiles of any size are read, and in how much memory: outpace beside `JSON.parse`, cpupro, speedscope and 0x,
 * interleaved, each measurement in a fresh process. `node scripts/benchmark-profiles.ts [--sizes 10,100,1000] [--rounds 8]
 * [--limit 300] [--heap 4000] [a .cpuprofile …]`; sizes in MB, the time limit of one measurement in s, the largest heap in
 * MB (Node's default without it). Without a file, profiles are drawn from a model of those in tests/fixtures.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { seededRandom, shuffled } from '../src/base/random.ts';
import { generate } from './profile-benchmark/generate.ts';
import { learnt } from './profile-benchmark/model.ts';
import { BYTES_PER_MB, type Outcome, table, WAYS } from './profile-benchmark/table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '10,100,1000' },
    rounds: { type: 'string', default: '8' },
    limit: { type: 'string', default: '300' },
    heap: { type: 'string' },
  },
});
const [rounds, limitS] = [Number(values.rounds), Number(values.limit)];
if (!Number.isSafeInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${values.rounds}: expected a whole number`);
const MEASURE = resolve(import.meta.dirname, 'profile-benchmark/measure.ts');

const stopping = new AbortController();
process.on('SIGINT', () => stopping.abort());

/** @returns what it took, or why it took nothing */
async function measured(way: string, file: string): Promise<Outcome> {
  const heap = values.heap === undefined ? [] : [`--max-old-space-size=${values.heap}`];
  const child = await execa(process.execPath, [...heap, MEASURE, way, file], {
    reject: false,
    timeout: limitS * 1000,
    cancelSignal: stopping.signal,
  });
  stopping.signal.throwIfAborted();
  if (!child.failed) return JSON.parse(child.stdout);
  if (child.timedOut) return `over ${limitS} s`;
  const { stderr } = child;
  // What V8 says where it turns a list of more than 33 million entries into a table.
  if (stderr.includes('invalid table size')) return 'over the longest list of V8';
  if (/heap out of memory|Array buffer allocation failed/.test(stderr)) return 'out of memory';
  if (/longer than 0x|Invalid string length/.test(stderr)) return 'over the longest string of V8';
  if (/Maximum call stack/.test(stderr)) return 'stack overflow';
  return /^\w*Error.*$/m.exec(stderr)?.[0] ?? child.shortMessage ?? 'it failed';
}

/** Every second round in the opposite order, so that no way comes first more often than last. */
async function measureAll(file: string, title: string): Promise<Map<string, Outcome[]>> {
  const all = new Map<string, Outcome[]>(WAYS.map((way) => [way, []]));
  const random = seededRandom(1);
  let order = shuffled(WAYS, random);
  for (let round = 0; round < rounds; round += 1) {
    order = round % 2 === 0 ? shuffled(WAYS, random) : order.toReversed();
    for (const way of order) {
      const before = all.get(way);
      // What cannot be done once cannot be done twice.
      if (typeof before?.[0] === 'string') continue;
      before?.push(await measured(way, file));
    }
    process.stderr.write(`${title}: round ${round + 1} of ${rounds}\n`);
  }
  return all;
}

const folder = await mkdtemp(join(tmpdir(), 'outpace-profiles-'));
try {
  const sizes = positionals.length > 0 ? [] : values.sizes.split(',').map(Number);
  for (const file of positionals) {
    const { size } = await stat(file);
    const title = `${basename(file)}, ${(size / BYTES_PER_MB).toFixed(0)} MB`;
    process.stdout.write(table(await measureAll(file, title), { title, sizeBytes: size, rounds }));
  }
  for (const megabytes of sizes) {
    const file = join(folder, `${megabytes}.cpuprofile`);
    const sizeBytes = megabytes * BYTES_PER_MB;
    await generate(file, { model: learnt(), sizeBytes, seed: 1, signal: stopping.signal });
    const { size } = await stat(file);
    const title = `${(size / BYTES_PER_MB).toFixed(0)} MB, drawn`;
    process.stdout.write(table(await measureAll(file, title), { title, sizeBytes: size, rounds }));
    await rm(file);
  }
} catch (error) {
  if (!stopping.signal.aborted) throw error;
  process.exitCode = 130;
} finally {
  await rm(folder, { recursive: true, force: true });
}
