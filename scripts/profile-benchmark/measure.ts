/** One way to read one profile, in this process and no other: `node measure.ts <way> <file>` prints what it took. */
import { readFile } from 'node:fs/promises';
import { outpace } from './outpace.ts';
import { cpupro, speedscope, type Work, zeroX } from './rivals.ts';

/** Each is made, with all that it imports, before its work is timed. */
const WAYS: Readonly<Record<string, () => Promise<Work>>> = {
  'outpace parse': () => outpace({ analyse: false }),
  'outpace analyse': () => outpace({ analyse: true }),
  'JSON.parse': async () => async (file) => JSON.parse(await readFile(file, 'utf8')),
  'cpupro parse': () => cpupro({ analyse: false }),
  'cpupro analyse': () => cpupro({ analyse: true }),
  'speedscope analyse': speedscope,
  '0x analyse': zeroX,
};

const [way = '', file = ''] = process.argv.slice(2);
const work = await WAYS[way]?.();
if (work === undefined) throw new Error(`no way '${way}'`);
const [start, cpuBefore] = [performance.now(), process.cpuUsage()];
const result = await work(file);
const tookMs = performance.now() - start;
// Of all threads, those that collect garbage and compile among them.
const cpu = process.cpuUsage(cpuBefore);
// The result is still held, as it would be by whoever asked for it.
const { maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    tookMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
    peakRssBytes: maxRSS * 1024,
    shape: way === 'outpace parse' ? result : null,
  }),
);
