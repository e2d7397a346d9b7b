/**
 * Functions of nanoseconds with a known ratio, by outpace in the steady mode, by tinybench and by mitata as people use
 * them; all in turns, in one run. `node scripts/benchmark-micro.ts [repetitions] [budget in s]`
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { seededRandom, shuffled } from '../src/base/random.ts';
import { extentOf } from '../src/stats/extent.ts';
import { median } from '../src/stats/median.ts';

const ROOT = resolve(import.meta.dirname, '..');
const [repetitions, budgetS] = [Number(process.argv[2] ?? 3), Number(process.argv[3] ?? 10)];

/** Steps of a generator of random numbers, each of which waits for the one before: about 4 ns a step. */
const steps = (count: number): string => `
  let state = 1;
  export function run() {
    for (let step = 0; step < ${count}; step += 1) state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return 1 + state * 0;
  }
`;

/** Takes as long for any input, and its result is never read. */
const unused = (power: number): string => `
  const point = { x: 3, y: 4 };
  export function run() { Math.pow(point.x, ${power}) * point.y; }
`;

const CASES: readonly {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** null: the optimiser removes both, so that no ratio is right. */
  readonly ratio: number | null;
}[] = [
  { what: 'twice the work', before: steps(15), after: steps(30), ratio: 2 },
  { what: 'the same, short', before: steps(1), after: steps(1), ratio: 1 },
  { what: 'the same', before: steps(15), after: steps(15), ratio: 1 },
  { what: 'removed', before: unused(2), after: unused(3), ratio: null },
];

interface Answer {
  readonly beforeNs: number;
  readonly afterNs: number;
  readonly ratio: { readonly point: number; readonly low: number; readonly high: number };
  /** What the tool claims. */
  readonly claim: string;
}

type Tool = (folder: string) => Promise<Answer>;

const entry = (folder: string, side: string): string => join(folder, `impl-${side}/index.mjs`);

const rival =
  (tool: string): Tool =>
  async (folder) => {
    const args = [join(ROOT, 'scripts/micro-rivals.mjs'), tool, entry(folder, 'old'), entry(folder, 'new')];
    const answer: Omit<Answer, 'claim'> = JSON.parse((await execa(process.execPath, args)).stdout);
    const { low, high } = answer.ratio;
    return { ...answer, claim: low > 1 ? 'slower' : high < 1 ? 'faster' : 'none' };
  };

const TOOLS: Readonly<Record<string, Tool>> = {
  async outpace(folder) {
    const args = ['bench', '--mode', 'steady', '--budget', `${budgetS}s`, '--json', '--quiet'];
    const { stdout } = await execa(process.execPath, [join(ROOT, 'bin/outpace.js'), ...args], {
      cwd: folder,
    });
    const { gainRatio, wallMs, verdict } = JSON.parse(stdout);
    const { point, low, high } = gainRatio;
    return {
      beforeNs: wallMs.before.point * 1e6,
      afterNs: wallMs.after.point * 1e6,
      ratio: { point: 1 - point, low: 1 - high, high: 1 - low },
      claim: verdict.reason === undefined ? verdict.kind : 'withheld',
    };
  },
  tinybench: rival('tinybench'),
  mitata: rival('mitata'),
};

const folder = await mkdtemp(join(tmpdir(), 'outpace-micro-'));
const answers = new Map<string, Answer[]>();
try {
  for (const [index, { before, after }] of CASES.entries()) {
    for (const [side, code] of Object.entries({ old: before, new: after })) {
      await mkdir(join(folder, String(index), `impl-${side}`), { recursive: true });
      await writeFile(entry(join(folder, String(index)), side), code);
    }
  }
  const random = seededRandom(1);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const index of shuffled([...CASES.keys()], random)) {
      for (const [name, ask] of shuffled(Object.entries(TOOLS), random)) {
        const key = `${index} ${name}`;
        answers.set(key, [...(answers.get(key) ?? []), await ask(join(folder, String(index)))]);
      }
    }
    process.stderr.write(`repetition ${repetition + 1} of ${repetitions}\n`);
  }
  for (const [index, { what, ratio }] of CASES.entries()) {
    process.stdout.write(`${what}: ${ratio === null ? 'no ratio is right' : `ratio ${ratio}`}\n`);
    for (const name of Object.keys(TOOLS))
      process.stdout.write(line(name, answers.get(`${index} ${name}`) ?? []));
  }
  process.stdout.write(
    '\nIntervals of the median repetition: outpace, of the ratio at 95 % confidence; tinybench, of the means with their\n' +
      'margins of error; mitata, of the medians with their middle halves.\n',
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

function line(name: string, all: readonly Answer[]): string {
  const points = all.map(({ ratio }) => ratio.point);
  const middle = (read: (answer: Answer) => number): number => median(all.map(read));
  const { least, most } = extentOf(points);
  const claims = Object.entries(Object.groupBy(all, ({ claim }) => claim));
  const cells = [
    name.padEnd(10),
    `${middle(({ beforeNs }) => beforeNs).toFixed(2)} → ${middle(({ afterNs }) => afterNs).toFixed(2)} ns`.padStart(
      20,
    ),
    `ratio ${median(points).toFixed(3)}`.padStart(12),
    `(${middle(({ ratio }) => ratio.low).toFixed(3)} to ${middle(({ ratio }) => ratio.high).toFixed(3)})`.padStart(
      18,
    ),
    `of all ${least.toFixed(3)} to ${most.toFixed(3)}`.padStart(24),
    claims.map(([claim, some]) => `${claim} ${some?.length ?? 0}`).join(', '),
  ];
  return `  ${cells.join('  ')}\n`;
}
