/**
 * How often a comparison names the true cause first, and how often its interval holds the true size: pairs of programs
 * made so that the truth is known, again and again. `node scripts/benchmark-explain.ts [repetitions] [ms of work]
 * [part of a case's name]`
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Comparison, gain } from '../src/index.ts';

const [repetitions, workMs] = [Number(process.argv[2] ?? 40), Number(process.argv[3] ?? 60)];
const wanted = process.argv[4] ?? '';
/** So long in JavaScript itself: the clock, whose own code is sampled as nobody's, is asked rarely. */
const busy = (name: string, ms: number) => `export function ${name}() {
  let sum = 0;
  for (const end = performance.now() + ${ms}; performance.now() < end;)
    for (let turn = 0; turn < 20_000; turn += 1) sum = (sum * 31 + turn) | 0;
  return sum;
}`;
const LOCAL = (code: string) => code.replaceAll('export ', '');
/** What surrounds each case, so that there is something else to blame. */
const REST = LOCAL([busy('first', workMs), busy('second', workMs / 2)].join('\n'));
const main = (before: string, body: string) =>
  `${before}\n${REST}\nexport async function run() { first(); second(); ${body}; return 1; }`;
const worker = (code: string) => `new Worker(${JSON.stringify(code)}, { eval: true })`;
const IMPORTS = "import { Worker } from 'node:worker_threads';\nimport { once } from 'node:events';";

/** Makes as many objects, of which few or all are kept. */
const LITTER = (place: string) => `for (let i = 0; i < 1e6; i += 1) kept[${place}] = { i, next: { i } }`;

interface Case {
  readonly old: Readonly<Record<string, string>>;
  readonly now: Readonly<Record<string, string>>;
  /** Whether the cause is named first, and whether the size lies within the interval; null where there is no size. */
  readonly judge: (comparison: Comparison) => { readonly cause: boolean; readonly size: boolean | null };
}

const holds = ({ low, high }: { low: number | null; high: number | null }, truth: number): boolean =>
  low !== null && high !== null && low - 1 <= truth && truth <= high + 1;
/** The first that noise does not explain, Node's own aside. */
const blamed = ({ functions }: Comparison) => functions.filter(({ noise, engine }) => !noise && !engine);
const named = (comparison: Comparison, name: string) =>
  comparison.functions.find((row) => row.name === name || row.formerly?.name === name);

function grown(name: string, truth: number): Case['judge'] {
  return (comparison) => {
    const row = named(comparison, name);
    const largest = comparison.functions
      .filter(({ engine, file }) => !engine && file.startsWith('impl'))
      .toSorted((a, b) => Math.abs(b.totalDeltaMs.point) - Math.abs(a.totalDeltaMs.point))
      .find(({ name: other }) => other !== 'run');
    return {
      cause: largest === row && row !== undefined,
      size: row !== undefined && holds(row.totalDeltaMs, truth),
    };
  };
}

const CASES: Readonly<Record<string, Case>> = {
  'a function twice as slow': {
    old: { 'index.mjs': main(LOCAL(busy('hot', workMs)), 'hot()') },
    now: { 'index.mjs': main(LOCAL(busy('hot', 2 * workMs)), 'hot()') },
    judge: grown('hot', workMs),
  },
  'a function removed': {
    old: { 'index.mjs': main(LOCAL(busy('hot', workMs)), 'hot()') },
    now: { 'index.mjs': main('', '') },
    judge: (comparison) => ({
      ...grown('hot', -workMs)(comparison),
      cause: grown('hot', -workMs)(comparison).cause && named(comparison, 'hot')?.change === 'gone',
    }),
  },
  'a function moved to another file': {
    old: { 'index.mjs': main(LOCAL(busy('hot', workMs)), 'hot()') },
    now: {
      'index.mjs': main("import { hot } from './other.mjs';", 'hot()'),
      'other.mjs': busy('hot', workMs),
    },
    judge: (comparison) => ({
      cause: named(comparison, 'hot')?.change === 'moved',
      size: holds(named(comparison, 'hot')?.totalDeltaMs ?? { low: null, high: null }, 0),
    }),
  },
  'a function renamed': {
    old: { 'index.mjs': main(LOCAL(busy('hot', workMs)), 'hot()') },
    now: { 'index.mjs': main(LOCAL(busy('warm', workMs)), 'warm()') },
    judge: (comparison) => ({
      cause: named(comparison, 'hot')?.change === 'renamed',
      size: holds(named(comparison, 'hot')?.totalDeltaMs ?? { low: null, high: null }, 0),
    }),
  },
  'half the work moved to a worker': {
    old: { 'index.mjs': main(`${IMPORTS}\n${LOCAL(busy('hot', 6 * workMs))}`, 'hot()') },
    now: {
      'index.mjs': main(
        `${IMPORTS}\n${LOCAL(busy('hot', 3 * workMs))}`,
        `const w = ${worker(`${LOCAL(busy('hot', 3 * workMs))}\nhot();`)}; const ended = once(w, 'exit'); hot(); await ended`,
      ),
    },
    judge: ({ split, timelines }) => ({
      cause:
        split !== null &&
        split.moreCores.savedMs.point > Math.abs(split.lessWork.savedMs.point) &&
        timelines?.after.threads.length === 2,
      size: null,
    }),
  },
  'a lock that makes the main thread wait': {
    old: { 'index.mjs': main(IMPORTS, 'await 0') },
    now: {
      'index.mjs': main(
        IMPORTS,
        `const lock = new Int32Array(new SharedArrayBuffer(4));
         const w = new Worker(${JSON.stringify(
           `${LOCAL(busy('hot', 4 * workMs))}\nhot();\nconst { workerData: l } = require('node:worker_threads');\nAtomics.store(l, 0, 1); Atomics.notify(l, 0);`,
         )}, { eval: true, workerData: lock });
         Atomics.wait(lock, 0, 0); await once(w, 'exit')`,
      ),
    },
    judge: ({ timelines }) => {
      const [waiting] = timelines?.after.threads ?? [];
      return {
        cause:
          waiting !== undefined &&
          (waiting.waitingMs ?? 0) >= 3 * workMs &&
          waiting.waitedFor[0]?.name.startsWith('worker-1') === true &&
          waiting.waitedFor[0].share > 0.5,
        size: null,
      };
    },
  },
  'a leak that makes garbage collection grow': {
    old: { 'index.mjs': main('const kept = Array(1e6).fill(null);', LITTER('i % 1000')) },
    now: { 'index.mjs': main('const kept = Array(1e6).fill(null);', LITTER('i')) },
    judge: ({ functions }) => {
      const [largest] = functions.filter(({ noise }) => !noise);
      return { cause: largest?.name === '(garbage collector)' && largest.selfDeltaMs.point > 0, size: null };
    },
  },
  'the same program': {
    old: { 'index.mjs': main(LOCAL(busy('hot', workMs)), 'hot()') },
    now: { 'index.mjs': main(LOCAL(busy('hot', workMs)), 'hot()') },
    judge: (comparison) => ({ cause: blamed(comparison).length === 0, size: null }),
  },
};

async function writeSide(root: string, name: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, `impl-${name}`, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

const cases = Object.entries(CASES).filter(([name]) => name.includes(wanted));
const tally = new Map(cases.map(([name]) => [name, { cause: 0, size: 0, sized: 0 }]));
for (let repetition = 1; repetition <= repetitions; repetition += 1) {
  for (const [name, { old, now, judge }] of cases) {
    const cwd = await mkdtemp(join(tmpdir(), 'outpace-explain-'));
    try {
      await writeSide(cwd, 'old', old);
      await writeSide(cwd, 'new', now);
      const { comparison } = await gain({ cwd, budgetMs: 1, allowDifferentOutput: true });
      const { cause, size } = judge(comparison);
      const sums = tally.get(name);
      if (sums === undefined) continue;
      sums.cause += cause ? 1 : 0;
      sums.sized += size === null ? 0 : 1;
      sums.size += size === true ? 1 : 0;
    } finally {
      await rm(cwd, { recursive: true, force: true });
    }
  }
  process.stderr.write(`repetition ${repetition} of ${repetitions}\n`);
}
process.stdout.write(`${repetitions} comparisons each, as gain makes them\n`);
process.stdout.write(`${''.padEnd(44)}${'cause first'.padStart(13)}${'size within'.padStart(14)}\n`);
for (const [name, { cause, size, sized }] of tally) {
  const share = (count: number, of: number) => (of === 0 ? '-' : `${((100 * count) / of).toFixed(0)} %`);
  process.stdout.write(
    `${name.padEnd(44)}${share(cause, repetitions).padStart(13)}${share(size, sized).padStart(14)}\n`,
  );
}
