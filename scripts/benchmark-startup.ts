/**
 * What outpace's own start-up takes more than `node -e 0`, interleaved. `node scripts/benchmark-startup.ts [rounds]`
 * `compare` reads the newest two reports of this folder, which `npm run gain` leaves.
 */
import { resolve } from 'node:path';
import { execa } from 'execa';
import { seededRandom, shuffled } from '../src/base/random.ts';
import { hodgesLehmannPaired } from '../src/stats/signed-rank.ts';

const ROOT = resolve(import.meta.dirname, '..');
const rounds = Number(process.argv[2] ?? 20);
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'outpace --version': ['bin/outpace.js', '--version'],
  'outpace compare': ['bin/outpace.js', 'compare'],
};

const times = new Map(Object.keys(COMMANDS).map((name) => [name, [] as number[]]));
const random = seededRandom(1);
for (let round = 0; round < rounds; round += 1) {
  for (const [name, args] of shuffled(Object.entries(COMMANDS), random)) {
    const start = performance.now();
    await execa(process.execPath, args, { cwd: ROOT });
    times.get(name)?.push(performance.now() - start);
  }
}
const base = times.get('node -e 0') ?? [];
process.stdout.write(
  `more than node -e 0 (${base.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]?.toFixed(0)} ms), ${rounds} rounds:\n`,
);
for (const [name, took] of times) {
  if (name === 'node -e 0') continue;
  const more = hodgesLehmannPaired(took.map((ms, index) => ms - (base[index] ?? Number.NaN)));
  const level = (100 * more.confidenceLevel).toFixed(1);
  process.stdout.write(
    `  ${name.padEnd(20)} ${more.point.toFixed(0)} ms (${more.low.toFixed(0)} to ${more.high.toFixed(0)} ms, ${level} %)\n`,
  );
}
