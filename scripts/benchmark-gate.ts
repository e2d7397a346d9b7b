/**
 * How often the gate is right: branches of a temporary repository that change nothing, take 10 % longer, take half as
 * long, and call one function more often in a loop that costs nothing measurable; in turns, by the real command.
 * `node scripts/benchmark-gate.ts [repetitions] [budget in s] [branch,…] [more options of outpace check]`
 *
 * "In time": with a conclusive answer within 10 s, start of the command and worktree included. The interval of a share is
 * Wilson's (1927), 95 %; "width" is the median half-width of the slowdown's interval.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { seededRandom, shuffled } from '../src/base/random.ts';
import type { CheckReport } from '../src/compare/check-report.ts';
import { median } from '../src/stats/median.ts';

const BIN = resolve(import.meta.dirname, '../bin/outpace.js');
const [, , repetitionsWord = '40', budgetWord = '8', branchesWord = '', ...more] = process.argv;
const [repetitions, budgetS] = [Number(repetitionsWord), Number(budgetWord)];
const GOAL_S = 10;
const UNITS = 150_000;

/** About 20 ms of sums and small objects, and a thousand calls that cost nothing. */
const program = (units: number, called = 'touch(sum)'): string => `
  function touch(value) { return value; }
  export function run() {
    let sum = 0;
    for (let turn = 0; turn < 1000; turn += 1) sum = ${called};
    for (let unit = 0; unit < ${units}; unit += 1) {
      const part = { index: unit, text: String(unit & 1023) };
      for (let step = 0; step < 60; step += 1) sum = (sum + part.index * step + part.text.length) | 0;
    }
    return 1 + sum * 0;
  }
`;

const BRANCHES = {
  'nothing changed': { text: program(UNITS), wanted: 'pass', args: [] },
  '10 % slower': { text: program(UNITS * 1.1), wanted: 'fail', args: [] },
  'twice as fast': { text: program(UNITS / 2), wanted: 'pass', args: [] },
  'one call more': {
    text: program(UNITS, 'touch(touch(sum))'),
    wanted: 'fail',
    args: ['--max-calls', '0%', '--max-slowdown', '50%'],
  },
} as const;

type Branch = keyof typeof BRANCHES;

const root = await mkdtemp(join(tmpdir(), 'outpace-gate-'));
const git = (...args: string[]) =>
  execa('git', ['-c', 'user.name=b', '-c', 'user.email=b@example.org', ...args], { cwd: root });

async function makeRepository(): Promise<void> {
  await mkdir(join(root, 'impl-new'));
  await writeFile(join(root, '.gitignore'), 'reports\nprofiles\n');
  await git('init', '--quiet', '--initial-branch=main');
  await writeFile(join(root, 'impl-new/index.mjs'), program(UNITS));
  await git('add', '-A');
  await git('commit', '--quiet', '-m', 'before');
}

interface Outcome {
  readonly exitCode: number | undefined;
  readonly report: CheckReport;
  readonly seconds: number;
}

async function checked(branch: Branch): Promise<Outcome> {
  const { text, args } = BRANCHES[branch];
  await writeFile(join(root, 'impl-new/index.mjs'), text);
  const startMs = performance.now();
  const options = ['--against', 'main', '--budget', `${budgetS}s`, '--json', '--quiet', ...args, ...more];
  const { stdout, exitCode } = await execa(process.execPath, [BIN, 'check', ...options], {
    cwd: root,
    reject: false,
  });
  return { exitCode, report: JSON.parse(stdout), seconds: (performance.now() - startMs) / 1000 };
}

function row(branch: Branch, outcomes: readonly Outcome[]): string {
  const count = (kind: string) => outcomes.filter(({ report }) => report.verdict.kind === kind).length;
  const right = outcomes.filter(({ exitCode }) => exitCode === (BRANCHES[branch].wanted === 'fail' ? 2 : 0));
  const times = outcomes.map(({ seconds }) => seconds);
  return [
    branch.padEnd(18),
    `${right.length} of ${outcomes.length}`.padStart(13),
    shareText(right.length, outcomes.length).padStart(16),
    ...['pass', 'fail', 'inconclusive'].map((kind) => String(count(kind)).padStart(13)),
    `${outcomes.filter(isInTime).length} of ${outcomes.length}`.padStart(10),
    `${median(times).toFixed(1)} s, ${Math.max(...times).toFixed(1)} s`.padStart(18),
    `${median(outcomes.map(pairsOf)).toFixed(0)}`.padStart(7),
    `±${(100 * median(outcomes.map(halfWidthOf))).toFixed(2)} %`.padStart(10),
  ].join('');
}

function isInTime({ report, seconds }: Outcome): boolean {
  return report.verdict.kind !== 'inconclusive' && seconds <= GOAL_S;
}

function slowdownOf({ report }: Outcome) {
  return report.rules.find(({ name, pattern }) => name === 'maxSlowdown' && pattern === null);
}

function pairsOf(outcome: Outcome): number {
  return slowdownOf(outcome)?.pairs ?? 0;
}

function halfWidthOf(outcome: Outcome): number {
  const { low, high } = slowdownOf(outcome)?.measured ?? { low: 0, high: 0 };
  return (high - low) / 2;
}

/** Wilson, Journal of the American Statistical Association 22 (1927), 209–212. */
function shareText(count: number, total: number): string {
  const z = 1.96;
  const middle = (count + z ** 2 / 2) / (total + z ** 2);
  const half = (z / (total + z ** 2)) * Math.sqrt((count * (total - count)) / total + z ** 2 / 4);
  const percent = (share: number) => (100 * Math.min(1, Math.max(0, share))).toFixed(0);
  return `${percent(middle - half)} to ${percent(middle + half)} %`;
}

function table(outcomes: ReadonlyMap<Branch, readonly Outcome[]>): string {
  const head = ['passed', 'failed', 'inconclusive'].map((word) => word.padStart(13)).join('');
  return [
    `${'a branch with'.padEnd(18)}${'as it should'.padStart(13)}${'interval'.padStart(16)}${head}${'in time'.padStart(10)}` +
      `${'median, longest'.padStart(18)}${'pairs'.padStart(7)}${'width'.padStart(10)}`,
    ...[...outcomes].map(([branch, checks]) => row(branch, checks)),
    '',
  ].join('\n');
}

const wanted = branchesWord.split(',').filter((word) => word !== '');
const asked = (Object.keys(BRANCHES) as Branch[]).filter(
  (branch) => wanted.length === 0 || wanted.includes(branch),
);
if (asked.length === 0) throw new RangeError(`branches: ${Object.keys(BRANCHES).join(', ')}`);
const outcomes = new Map<Branch, Outcome[]>();
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
try {
  await makeRepository();
  const random = seededRandom(1);
  for (let repetition = 1; repetition <= repetitions && !stopping.signal.aborted; repetition += 1) {
    for (const branch of shuffled(asked, random)) {
      if (stopping.signal.aborted) break;
      outcomes.set(branch, [...(outcomes.get(branch) ?? []), await checked(branch)]);
    }
    process.stderr.write(`${repetition} of ${repetitions}\n${table(outcomes)}`);
  }
  const trees = (await git('worktree', 'list')).stdout.split('\n').length;
  process.stdout.write(`${table(outcomes)}worktrees left: ${trees - 1}\n`);
} finally {
  await rm(root, { recursive: true, force: true });
}
