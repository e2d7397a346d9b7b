/**
 * How often a comparison is wrong, and how often it finds what is there: real programs that do 0, 1, 2, 5, 10 % more
 * work than themselves, by outpace bench, by tinybench and mitata as people use them, and by hyperfine where it is
 * installed; all in turns, in one run.
 *
 * node scripts/benchmark-power.ts [--repetitions 40] [--effects 0,5] [--budget 10s] [--mode steady] [--tolerance 0.2%]
 *   [--metric cpu] [--load] [--only outpace] [--units 70000]
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { execa } from 'execa';
import { seededRandom, shuffled } from '../src/base/random.ts';
import { median } from '../src/stats/median.ts';

const ROOT = resolve(import.meta.dirname, '..');
const { values: asked } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '20' },
    effects: { type: 'string', default: '0,1,2,5,10' },
    budget: { type: 'string', default: '10s' },
    mode: { type: 'string', default: 'cold' },
    tolerance: { type: 'string', default: '0%' },
    metric: { type: 'string', default: 'wall' },
    /** One core kept busy meanwhile. */
    load: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    /** How much each program does; 70,000 take about 18 ms on one core of a server of 2024. */
    units: { type: 'string', default: '70000' },
  },
});
const repetitions = Number(asked.repetitions);
const effects = asked.effects.split(',').map(Number);

/** Sums and small objects. */
const program = (units: number): string => `
  export function run() {
    let sum = 0;
    for (let unit = 0; unit < ${units}; unit += 1) {
      const part = { index: unit, text: String(unit & 1023) };
      for (let step = 0; step < 60; step += 1) sum = (sum + part.index * step + part.text.length) | 0;
    }
    return 1 + sum * 0;
  }
  if (process.argv[1] === import.meta.filename) run();
`;

type Claim = 'slower' | 'faster' | 'none';

async function hyperfineClaim(before: string, after: string): Promise<Claim> {
  const node = process.execPath;
  const file = join(folder, 'hyperfine.json');
  await execa('hyperfine', [
    ...['-N', '--warmup', '1', '--runs', '20', '--export-json', file, '--style', 'none'],
    ...[`${node} ${before}`, `${node} ${after}`],
  ]);
  const { results } = JSON.parse(await readFile(file, 'utf8'));
  const [left, right] = results.map(({ mean, stddev }: { mean: number; stddev: number }) => ({
    low: mean - stddev,
    high: mean + stddev,
  }));
  return right.low > left.high ? 'slower' : right.high < left.low ? 'faster' : 'none';
}

function toolsFor(folder: string, effect: number): Record<string, () => Promise<Claim>> {
  const [before, after] = [join(folder, 'impl-old/index.mjs'), join(folder, `impl-more${effect}/index.mjs`)];
  const rival = (tool: string) => async (): Promise<Claim> => {
    const { stdout } = await execa(process.execPath, [
      join(ROOT, 'scripts/power-rivals.mjs'),
      tool,
      before,
      after,
    ]);
    return stdout as Claim;
  };
  const { budget, mode, tolerance, metric } = asked;
  const tools: Record<string, () => Promise<Claim>> = {
    'outpace bench': async () => {
      const args = ['--budget', budget, '--mode', mode, '--tolerance', tolerance, '--metric', metric];
      const { stdout } = await execa(
        process.execPath,
        [join(ROOT, 'bin/outpace.js'), 'bench', 'old', `more${effect}`, ...args, '--json', '--quiet'],
        { cwd: folder },
      );
      const { kind } = JSON.parse(stdout).verdict;
      return kind === 'slower' || kind === 'faster' ? kind : 'none';
    },
    'tinybench, rank test': rival('tinybench'),
    'mitata, middle halves': rival('mitata'),
    ...(hasHyperfine ? { 'hyperfine, mean ± σ': () => hyperfineClaim(before, after) } : {}),
  };
  return Object.fromEntries(Object.entries(tools).filter(([name]) => name.startsWith(asked.only)));
}

const hasHyperfine = (await execa('hyperfine', ['--version'], { reject: false })).exitCode === 0;
const folder = await mkdtemp(join(tmpdir(), 'outpace-power-'));
const load = asked.load ? new Worker('for (;;);', { eval: true }) : null;
try {
  const programs = [['old', 0], ...effects.map((effect) => [`more${effect}`, effect] as const)] as const;
  for (const [name, effect] of programs) {
    await mkdir(join(folder, `impl-${name}`));
    await writeFile(
      join(folder, `impl-${name}`, 'index.mjs'),
      program(Number(asked.units) * (1 + effect / 100)),
    );
  }
  const claims = new Map<string, { claim: Claim; seconds: number }[]>();
  const random = seededRandom(1);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const effect of shuffled(effects, random)) {
      for (const [tool, ask] of shuffled(Object.entries(toolsFor(folder, effect)), random)) {
        const start = performance.now();
        const claim = await ask();
        const key = `${tool}\n${effect}`;
        claims.set(key, [...(claims.get(key) ?? []), { claim, seconds: (performance.now() - start) / 1000 }]);
      }
    }
    process.stderr.write(`repetition ${repetition + 1} of ${repetitions}\n`);
  }
  const header = effects
    .map((effect) => (effect === 0 ? 'false alarms' : `${effect} % found`).padStart(18))
    .join('');
  process.stdout.write(
    `${repetitions} comparisons each, ${asked.mode}, by ${asked.metric}, tolerance ${asked.tolerance}, budget ${asked.budget}${asked.load ? ', one core kept busy' : ''}; median seconds in brackets:\n${''.padEnd(24)}${header}\n`,
  );
  for (const tool of Object.keys(toolsFor(folder, 0))) {
    const cells = effects.map((effect) => {
      const all = claims.get(`${tool}\n${effect}`) ?? [];
      const hits = all.filter(({ claim }) => (effect === 0 ? claim !== 'none' : claim === 'slower')).length;
      const seconds = median(all.map((one) => one.seconds));
      return `${((100 * hits) / all.length).toFixed(0)} % (${seconds.toFixed(1)} s)`.padStart(18);
    });
    process.stdout.write(`${tool.padEnd(24)}${cells.join('')}\n`);
  }
} finally {
  await load?.terminate();
  await rm(folder, { recursive: true, force: true });
}
