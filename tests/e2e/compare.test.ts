import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ProfileReport } from '../../src/compare/profile-report.ts';
import { hybridMachine } from '../support/hybrid-machine.ts';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';
import { samplePair, sampleReport } from '../support/sample-report.ts';

const FIB = 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }';
const fibJob = (n: number, result: string) => `${FIB} export function run() { fib(${n}); return ${result}; }`;

/** Where how long the runs take does not matter. */
const machine = hybridMachine(() => ({ wallMs: 5 })).world;

test('gain: both profiles, the comparison, and where the files are', async () => {
  const root = await project({
    'impl-old/index.mjs': fibJob(32, '1'),
    'impl-new/index.mjs': fibJob(26, '1'),
  });
  const { world } = hybridMachine((name) => ({ wallMs: name === 'old' ? 60 : 4 }));
  const { exitCode, stdout, stderr } = await outpaceHere(root, ['gain', '--quick', '--json'], {
    machine: world,
  });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('old: sampling run 1 of 1\n');
  const comparison = JSON.parse(stdout);
  expect(comparison).toMatchObject({ kind: 'comparison', verdict: { kind: 'faster' }, outputsEqual: true });
  const fib = comparison.functions.find(({ name }: { name: string }) => name === 'fib');
  expect(fib.calls).toEqual({ before: 7_049_155, after: 392_835 });

  const again = await outpaceHere(root, ['compare']);
  expect(again.stdout).toMatch(/^Efficiency gain [\d.]+ % \(.* confidence\): new is faster\n/);
  for (const side of ['Before: ', 'After:  ']) {
    const file = new RegExp(`^${side}(reports/.*_profile\\.json)$`, 'm').exec(again.stdout)?.[1] ?? '';
    expect(JSON.parse(await readFile(join(root, file), 'utf8')).kind).toBe('profile');
  }
  const swapped = await outpaceHere(root, ['compare', 'new', 'old', '--json']);
  expect(JSON.parse(swapped.stdout).gainRatio.point).toBeLessThan(0);
});

test('gain --quick runs what the config has under quick, and --input still decides', async () => {
  const sums = 'export function run({ users, rows }) { return users + rows; }';
  const root = await project({
    'impl-old/index.mjs': sums,
    'impl-new/index.mjs': sums,
    'outpace.config.json': JSON.stringify({
      input: { users: 100_000, rows: 7 },
      quick: { input: { rows: 3 }, budget: 1, samplingRuns: 2 },
    }),
  });
  const inputs = async () => {
    const { stdout } = await outpaceHere(root, ['export', 'new', '--format', 'json']);
    return JSON.parse(stdout);
  };
  const first = await outpaceHere(root, ['gain', '--quick'], { machine });
  expect(first).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('new: sampling run 2 of 2') });
  expect(await inputs()).toMatchObject({
    input: { users: 100_000, rows: 3 },
    timing: { runsMs: { length: 6 } },
  });
  await outpaceHere(root, ['gain', '--quick', '--quiet', '--input', 'rows=5'], { machine });
  expect(await inputs()).toMatchObject({ input: { users: 100_000, rows: 5 } });
});

describe('outputs that differ', () => {
  const files = {
    'impl-old/index.mjs': fibJob(20, '{ users: [{ age: 30 }, { age: 31 }] }'),
    'impl-new/index.mjs': fibJob(20, '{ users: [{ age: 30 }, { age: 32 }] }'),
  };

  test('are told, with where, and end gain with 3', async () => {
    const root = await project(files);
    const { exitCode, stdout, stderr } = await outpaceHere(root, ['gain', '--quick', '--quiet']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain(
      'the first difference is at $.users[1].age\nold: $.users[1].age = 31\nnew: $.users[1].age = 32\n',
    );
  });

  test('that the config’s own equal() takes for equal are no error', async () => {
    const root = await project({ ...files, 'outpace.config.mjs': 'export default { equal: () => true };' });
    const { exitCode, stdout, stderr } = await outpaceHere(root, ['gain', '--quick', '--quiet', '--json'], {
      machine,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ outputsEqual: true, mismatches: [] });
  });

  test('are measured where that is allowed, and warned of', async () => {
    const root = await project(files);
    const { exitCode, stdout } = await outpaceHere(
      root,
      ['gain', '--quick', '--quiet', '--allow-different-output'],
      { machine },
    );
    expect(exitCode).toBe(3);
    expect(stdout).toContain('the two outputs differ');
  });
});

test('compare takes two files, whatever their names, and warns of what differs around them', async () => {
  const { before, after } = samplePair();
  const other = { ...after.report.environment, node: '22.0.0', cores: 8 };
  const root = await project({
    'a file.json': JSON.stringify(before.report),
    'b.json': JSON.stringify({ ...after.report, environment: other }),
  });
  const { exitCode, stdout, stderr } = await outpaceHere(root, ['compare', './a file.json', 'b.json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const what of ['Node version', 'machine'])
    expect(stdout).toContain(`the two reports differ in ${what}:`);
  expect(stdout).toContain('measured in separate sessions');
});

describe('two reports of different work', () => {
  const { before, after } = samplePair();
  const report = (known: Partial<ProfileReport>) => JSON.stringify({ ...after.report, ...known });
  const files = {
    'old.json': JSON.stringify({ ...before.report, input: { size: 10, mode: { strict: true } } }),
    'job.json': report({ input: { size: 10, mode: { strict: true } }, job: 'else' }),
    'input.json': report({ input: { size: 20, mode: { strict: false }, seed: 1 } }),
    'output.json': report({
      input: { mode: { strict: true }, size: 10 },
      output: { sha256: 'b'.repeat(64), sizeBytes: 1 },
    }),
  };
  const CASES = [
    { file: 'job.json', says: ['job: data_utils before, else after'] },
    {
      file: 'input.json',
      says: [
        'input size: 10 before, 20 after',
        'input mode.strict: true before, false after',
        'input seed: not set before, 1 after',
      ],
    },
    {
      file: 'output.json',
      says: ['output: 5 bytes (sha256 aaaaaaaaaaaa…) before, 1 byte (sha256 bbbbbbbbbbbb…) after'],
    },
  ];

  test.each(CASES)('$file: what differs comes first, and nothing is claimed', async ({ file, says }) => {
    const root = await project(files);
    const { stdout, exitCode } = await outpaceHere(root, ['compare', './old.json', `./${file}`]);
    expect(exitCode).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('No verdict: old and new did not do the same work.');
    expect(lines.slice(1, says.length + 1).map((line) => line.trim())).toEqual(says);
    expect(stdout).not.toMatch(/faster|slower|as fast|saved|Efficiency gain/);
    expect(stdout).toContain('time (median)');

    const markdown = await outpaceHere(root, ['compare', './old.json', `./${file}`, '--format', 'markdown']);
    expect(markdown.stdout).toMatch(/^\*\*No verdict: old and new did not do the same work\.\*\*\n\n- /);
    expect(markdown.stdout).not.toMatch(/faster|slower|saved|Efficiency gain/);

    const json = JSON.parse(
      (await outpaceHere(root, ['compare', './old.json', `./${file}`, '--json'])).stdout,
    );
    expect(json).toMatchObject({
      verdict: { kind: 'inconclusive', reason: expect.any(String), remedy: expect.any(String) },
      mismatches: says.map(() => ({ kind: file.replace('.json', '') })),
      split: null,
    });
    const shown = await outpaceHere(root, ['report', './old.json', `./${file}`]);
    expect(shown.stderr).toMatch(/^No verdict: /);
    expect(shown.exitCode).toBe(0);
  });

  test('outputs that may differ, as the person or the config says, get their verdict', async () => {
    const root = await project(files);
    const sides = ['compare', './old.json', './output.json'];
    const allowed = await outpaceHere(root, [...sides, '--allow-different-output']);
    expect(allowed.stdout).toMatch(/^Efficiency gain 50\.00 %/);
    expect(allowed.stdout).toContain('Warning: the two outputs differ: 5 and 1 bytes');
    const own = await project({
      ...files,
      'outpace.config.mjs': 'export default { equal: () => true };',
    });
    const { stdout } = await outpaceHere(own, [...sides, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ outputsEqual: null, mismatches: [] });
    // An input is another matter.
    const { stdout: inputs } = await outpaceHere(root, [
      ...['compare', './old.json', './input.json', '--allow-different-output'],
    ]);
    expect(inputs).toMatch(/^No verdict/);
  });

  test('their difference as folded stacks has a warning', async () => {
    const root = await project(files);
    const { stderr } = await outpaceHere(root, [
      'compare',
      './old.json',
      './input.json',
      '--format',
      'folded',
    ]);
    expect(stderr).toMatch(
      /^Warning: the two runs did not do the same work: input size: 10 before, 20 after; /,
    );
  });
});

describe('names stand for the newest two reports that match', () => {
  const { before, after } = samplePair();
  const stored = (name: string, known: Partial<ProfileReport>) => {
    const report = { ...(name === 'old' ? before : after).report, job: 'j', ...known };
    return {
      [`reports/${report.startedAt.replaceAll(':', '-')}-j_${name}_profile.json`]: JSON.stringify(report),
    };
  };
  const at = (minute: number) => `2026-02-01T00:0${minute}:00.000Z`;
  const CONFIG = { 'outpace.config.json': '{"job":"j"}' };

  test('another input is passed over, and reported', async () => {
    const root = await project({
      ...CONFIG,
      ...stored('old', { startedAt: at(1), input: { size: 10 } }),
      ...stored('new', { startedAt: at(2), input: { size: 10 } }),
      ...stored('new', { startedAt: at(3), input: { size: 99 } }),
    });
    const { stdout } = await outpaceHere(root, ['compare']);
    expect(stdout).toMatch(/^Efficiency gain 50\.00 %/);
    expect(stdout).toMatch(/^After: {2}reports\/2026-02-01T00-02-00/m);
    expect(stdout).toMatch(
      /Warning: passed over: \S+T00-03-00\S+ is newer, but its input is not that of \S+T00-01-00\S+ \(size: 99, not 10\)/,
    );
    const page = await outpaceHere(root, ['report', '--json']);
    expect(JSON.parse(page.stdout).comparison.after.file).toContain('T00-02-00');
    // A file is meant, whatever it holds; the name beside it is what fits.
    const [newest] = Object.keys(stored('new', { startedAt: at(3) }));
    expect((await outpaceHere(root, ['compare', 'old', `./${newest}`])).stdout).toMatch(/^No verdict/);
    const [first] = Object.keys(stored('old', { startedAt: at(1) }));
    expect((await outpaceHere(root, ['compare', `./${first}`, 'new'])).stdout).toMatch(/^Efficiency gain/);
  });

  test('a pair from one machine comes before a newer one from two', async () => {
    const environment = { ...before.report.environment, node: '26.0.0' };
    const root = await project({
      ...CONFIG,
      ...stored('old', { startedAt: at(1) }),
      ...stored('new', { startedAt: at(2) }),
      ...stored('new', { startedAt: at(3), environment }),
    });
    const { stdout } = await outpaceHere(root, ['compare']);
    expect(stdout).toMatch(/^After: {2}reports\/2026-02-01T00-02-00/m);
    expect(stdout).toMatch(/passed over: \S+T00-03-00\S+ is newer, but from Node 26\.0\.0/);
  });

  test('a report that is broken below its header is not taken', async () => {
    const [broken = ''] = Object.keys(stored('new', { startedAt: at(3) }));
    const root = await project({
      ...CONFIG,
      ...stored('old', { startedAt: at(1), input: { size: 10 } }),
      ...stored('new', { startedAt: at(2), input: { size: 10 } }),
      [broken]: JSON.stringify({ ...after.report, job: 'j', startedAt: at(3), input: { size: 10 } }).slice(
        0,
        -9,
      ),
      ...stored('new', { startedAt: at(4), input: { size: 99 } }),
    });
    expect((await outpaceHere(root, ['compare'])).stdout).toMatch(/^After: {2}reports\/2026-02-01T00-02-00/m);
  });

  test('where none match, the newest are shown without a verdict', async () => {
    const root = await project({
      ...CONFIG,
      ...stored('old', { startedAt: at(1), input: { size: 10 } }),
      ...stored('new', { startedAt: at(2), input: { size: 99 } }),
    });
    expect((await outpaceHere(root, ['compare'])).stdout).toMatch(
      /^No verdict: .*\n {2}input size: 10 before, 99 after\n/,
    );
  });
});

test('a reader that stops early is no error', async () => {
  const root = await project({ 'a.json': JSON.stringify(sampleReport()) });
  const running = outpace(root, ['compare', 'a.json', 'a.json']);
  running.stdout.destroy();
  const { exitCode, stderr } = await running;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test.each([
  { args: ['compare', 'a.json', 'b.json', 'c.json'], says: 'too many arguments' },
  { args: ['compare', 'none.json', 'none.json'], says: 'none.json cannot be read: ENOENT' },
  { args: ['compare', 'reports', 'reports'], says: "no report of 'reports'" },
  { args: ['compare', './impl-old', './impl-old'], says: 'impl-old cannot be read: EISDIR' },
  { args: ['gain', 'old', 'none'], says: 'Unknown implementation specified.' },
  { args: ['gain', '--quik'], says: "unknown option '--quik'" },
  { args: ['frobnicate'], says: "unknown command 'frobnicate'" },
])('$args', async ({ args, says }) => {
  const root = await project({ 'impl-old/index.mjs': fibJob(2, '1') });
  const { exitCode, stdout, stderr } = await outpaceHere(root, args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(says);
  expect(await readdir(root)).toEqual(['impl-old']);
});

describe('two .cpuprofile files, whoever made them', () => {
  const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.cpuprofile`, import.meta.url));

  test('say where the time went, and what they cannot tell', async () => {
    const root = await project({});
    const files = [fixture('node-22-cpu-prof'), fixture('node-24-cpu-prof')];
    const { stdout, exitCode } = await outpaceHere(root, ['compare', ...files, '--json']);
    expect(exitCode).toBe(0);
    const comparison = JSON.parse(stdout);
    expect(comparison).toMatchObject({
      kind: 'comparison',
      verdict: { kind: 'inconclusive' },
      split: null,
      outputsEqual: null,
      before: { cpuMs: null, peakRssBytes: null, totalCalls: null },
    });
    expect(comparison.warnings.join()).toMatch(/neither calls, nor CPU time, nor memory, nor noise/);
    // The two lie in different folders of one machine, and `fib` in the same file of each.
    const fib = comparison.functions.find(({ name }: { name: string }) => name === 'fib');
    expect(fib).toMatchObject({
      change: 'same',
      file: 'fixture-job.mjs',
      calls: { before: null, after: null },
    });
    // Against the totals that another program has worked out.
    for (const [side, name] of [
      ['before', 'node-22-cpu-prof'],
      ['after', 'node-24-cpu-prof'],
    ] as const) {
      const totals = JSON.parse(await readFile(fixture(name).replace('.cpuprofile', '.totals.json'), 'utf8'));
      const sum = comparison.functions.reduce(
        (all: number, row: { selfMs: Record<string, number> }) => all + (row.selfMs[side] ?? 0),
        0,
      );
      const sampledUs = totals.reduce((all: number, row: number[]) => all + (row[4] ?? 0), 0);
      expect(sum).toBeCloseTo(sampledUs / 1000, 6);
    }
    expect((await outpaceHere(root, ['compare', ...files])).stdout).toContain(
      'function calls                         -',
    );
  });

  test('one of them against a report is refused', async () => {
    const root = await project({ 'r.json': JSON.stringify(sampleReport()) });
    const { stderr, exitCode } = await outpaceHere(root, [
      'compare',
      fixture('node-22-cpu-prof'),
      './r.json',
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/node-22-cpu-prof\.cpuprofile is a recording and the other side is a report/);
  });
});
