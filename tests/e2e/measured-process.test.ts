/** The measured process behaves as if it were not measured. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outpace, project } from '../support/outpace.ts';

/** What an implementation returns, from a run of its own. */
async function outputOf(
  code: string,
  {
    args = [],
    env = {},
    files = {},
  }: {
    readonly args?: readonly string[];
    readonly env?: Record<string, string>;
    readonly files?: Record<string, string>;
  } = {},
) {
  const root = await project({ 'impl-new/index.mjs': code, ...files });
  const ended = await outpace(root, ['run', 'new', '--output', 'out', '--json', ...args], env);
  const output = await readFile(join(root, 'out'), 'utf8').catch(() => null);
  return { ...ended, output, report: ended.stdout === '' ? null : JSON.parse(ended.stdout) };
}

describe('the environment', () => {
  const TELL =
    "export const run = () => ['NODE_V8_COVERAGE', 'NODE_OPTIONS', 'NODE_ENV'].map((name) => process.env[name] ?? null);";

  test('has no coverage, profiler, debugger or agent, which one warning names', async () => {
    const env = {
      NODE_V8_COVERAGE: 'coverage',
      NODE_OPTIONS: '--cpu-prof --cpu-prof-dir="a b" --stack-trace-limit=7',
      NODE_ENV: 'production',
    };
    const { output, stderr } = await outputOf(TELL, { env });
    expect(JSON.parse(output ?? '')).toEqual([null, '--stack-trace-limit=7', 'production']);
    expect(stderr.match(/^warning: .*$/gm)).toEqual([
      'warning: not passed to the measured processes, since it would change what is measured: ' +
        'NODE_V8_COVERAGE, NODE_OPTIONS --cpu-prof, NODE_OPTIONS --cpu-prof-dir (keepEnvironment in the config keeps it)',
    ]);
  });

  test('keeps what the config says', async () => {
    const env = { NODE_V8_COVERAGE: 'coverage', NODE_OPTIONS: '--cpu-prof' };
    const files = { 'outpace.config.json': '{"keepEnvironment":["NODE_V8_COVERAGE","NODE_OPTIONS"]}' };
    const { output, stderr } = await outputOf(TELL, { env, files });
    expect(JSON.parse(output ?? '')).toEqual([
      expect.stringMatching(/coverage$/),
      '--cpu-prof',
      expect.anything(),
    ]);
    expect(stderr).not.toContain('warning');
  });

  test('Node itself collects no coverage, which it would pass on to every child', async () => {
    // It writes only where the process was started with coverage.
    const code = `import { takeCoverage } from 'node:v8'; import { existsSync } from 'node:fs';
      export function run({ folder }) { takeCoverage(); return existsSync(folder); }`;
    const root = await project({ 'impl-new/index.mjs': code });
    const folder = join(root, 'coverage');
    const args = ['run', 'new', '--output', 'out', '--input', `folder=${folder}`];
    await outpace(root, args, { NODE_V8_COVERAGE: folder });
    expect(await readFile(join(root, 'out'), 'utf8')).toBe('false\n');
  });

  test('a run under `node --watch`, which reports what a process loads to its parent', async () => {
    const env = { WATCH_REPORT_DEPENDENCIES: '1' };
    const { exitCode, output, stderr } = await outputOf('export const run = () => 1;', { env });
    expect({ exitCode, output, stderr }).toEqual({ exitCode: 0, output: '1\n', stderr: 'new: one run' });
  });
});

describe('its streams', () => {
  test('a large write in place is complete, and the JSON on stdout stays intact', async () => {
    const code = `import { writeSync } from 'node:fs';
      export function run() { const bytes = Buffer.alloc(16 * 2 ** 20, 'x'); return [writeSync(1, bytes), writeSync(2, bytes)].join(); }`;
    const { exitCode, output, report, stderr } = await outputOf(code);
    expect(exitCode).toBe(0);
    expect(output).toBe(`${16 * 2 ** 20},${16 * 2 ** 20}`);
    expect(report).toMatchObject({ kind: 'run', implementation: 'new' });
    expect(stderr.length).toBeGreaterThan(2 * 16 * 2 ** 20);
  });

  test('a large write in place while its calls are sampled and counted', async () => {
    const root = await project({
      'impl-old/index.mjs': `import { writeSync } from 'node:fs';
        export const run = () => writeSync(1, Buffer.alloc(8 * 2 ** 20, 'x'));`,
    });
    const { exitCode, stdout } = await outpace(root, ['profile', 'old', '--runs', '1']);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^Profiling complete/),
    });
  });

  test('run prints what the job prints on stderr', async () => {
    const { stdout, stderr } = await outputOf(
      "export function run() { console.log('to stdout'); console.error('to stderr'); return 1; }",
    );
    expect(stderr.split('\n').toSorted()).toEqual(['new: one run', 'to stderr', 'to stdout']);
    expect(stdout).not.toContain('to stdout');
  });

  const READ = "import { readFileSync } from 'node:fs'; export const run = () => readFileSync(0, 'utf8');";

  test('stdin is empty, or a file that every run reads from its start', async () => {
    expect((await outputOf(READ)).output).toBe('');
    const files = { 'in.txt': 'Göttingen' };
    expect((await outputOf(READ, { files, args: ['--stdin', 'in.txt'] })).output).toBe('Göttingen');
    const config = { ...files, 'outpace.config.json': '{"stdin":"in.txt"}' };
    expect((await outputOf(READ, { files: config })).output).toBe('Göttingen');
    const root = await project({ 'impl-old/index.mjs': READ, 'impl-new/index.mjs': READ, ...files });
    const benched = await outpace(root, ['bench', '--pairs', '2', '--stdin', 'in.txt', '--json']);
    expect(JSON.parse(benched.stdout)).toMatchObject({ kind: 'bench', outputsEqual: true });
  });

  test.each([
    { file: 'none.txt', says: /stdin: .*none\.txt cannot be read: ENOENT/ },
    { file: 'folder', says: /stdin: .*folder is not a file/ },
  ])('stdin that is $file', async ({ file, says }) => {
    const root = await project({ 'impl-old/index.mjs': READ, 'impl-new/index.mjs': READ });
    await mkdir(join(root, 'folder'));
    const { exitCode, stderr } = await outpace(root, ['bench', '--stdin', file]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain('comparing');
  });
});

describe('no parent', () => {
  test('the implementation finds none to talk to', async () => {
    const code = `export const run = () => [typeof process.send, process.connected ?? false, typeof process.channel,
      typeof process.disconnect, Object.keys(process.env).filter((name) => name.startsWith('NODE_CHANNEL'))];`;
    const { output } = await outputOf(code);
    expect(JSON.parse(output ?? '')).toEqual(['undefined', false, 'undefined', 'undefined', []]);
  });

  test.each([
    { what: 'messages that look like ours', code: `process.emit('message', { kind: 'done', result: {} });` },
    {
      what: 'text on our socket',
      code: `writeSync(3, '{"kind":"done","result":{}}\\n{"kind":"failed","phase":"run","message":"x"}\\nhalf a line');`,
    },
    {
      what: 'a child with a channel of its own',
      code: `const child = fork(new URL('./child.mjs', import.meta.url)); await once(child, 'message'); child.disconnect(); await once(child, 'exit');`,
    },
    {
      what: 'a worker that sends',
      code: `const worker = new Worker("process.send?.('x'); process.emit('message', 'x')", { eval: true }); await once(worker, 'exit');`,
    },
    {
      what: 'values that write themselves otherwise',
      code: `Array.prototype.toJSON = Object.prototype.toJSON = () => 'x';`,
    },
  ])('$what', async ({ code }) => {
    const { exitCode, stderr, output } = await outputOf(
      `import { fork } from 'node:child_process'; import { once } from 'node:events';
        import { writeSync } from 'node:fs'; import { Worker } from 'node:worker_threads';
        export async function run() { ${code} return Buffer.from('done'); }`,
      { files: { 'impl-new/child.mjs': "process.send('hello');" } },
    );
    expect({ exitCode, stderr, output }).toEqual({ exitCode: 0, stderr: 'new: one run', output: 'done' });
  });
});

test('an implementation that closes all descriptors finds its own file as it wrote it', async () => {
  const root = await project({
    'impl-new/index.mjs': `import { closeSync, openSync, writeSync } from 'node:fs';
      export function run() { closeSync(3); writeSync(openSync('mine', 'w'), 'mine'); return 1; }`,
  });
  const { exitCode, stderr } = await outpace(root, ['run', 'new']);
  expect(exitCode).toBe(1);
  expect(await readFile(join(root, 'mine'), 'utf8')).toBe('mine');
  expect(stderr).toContain(
    'outpace: file descriptor 3, on which this process reports, was closed or replaced',
  );
  expect(stderr).toContain("implementation 'new' ended its process in run with exit code 1");
});

test('a time limit longer than a timer can wait', async () => {
  const files = { 'outpace.config.json': `{"timeout":${2 ** 33}}` };
  expect((await outputOf('export const run = () => 1;', { files })).output).toBe('1\n');
});

describe('what goes wrong, whenever it does, fails the run', () => {
  const sleep = "import { setTimeout as sleep } from 'node:timers/promises'; ";
  test.each([
    {
      when: 'a rejection in run',
      code: "export function run() { Promise.reject(new Error('alone')); return 1; }",
      says: 'failed in run: unhandled rejection: Error: alone',
    },
    {
      when: 'a rejection in setup',
      code: "export function setup() { Promise.reject(new Error('alone')); } export const run = () => 1;",
      says: 'failed in setup: unhandled rejection: Error: alone',
    },
    {
      when: 'a rejection at import',
      code: "Promise.reject(new Error('alone')); export const run = () => 1;",
      says: 'failed in import: unhandled rejection: Error: alone',
    },
    {
      when: 'a rejection in teardown, with a reason that is no error',
      code: 'export const run = () => 1; export function teardown() { Promise.reject(7); }',
      says: 'failed in teardown: unhandled rejection: ',
    },
    {
      when: 'a timer during run',
      code: `${sleep}export async function run() { setTimeout(() => { throw new Error('timer'); }, 1); await sleep(50); }`,
      says: 'failed in run: uncaught exception: Error: timer',
    },
    {
      when: 'a timer long after run',
      code: "export function run() { setTimeout(() => { throw new Error('timer'); }, 400); return 1; }",
      says: 'failed in shutdown: uncaught exception: Error: timer',
    },
    {
      when: 'a thrown null, later',
      code: 'export function run() { setTimeout(() => { throw null; }, 20); return 1; }',
      says: 'failed in shutdown: uncaught exception: threw null, which is not an Error',
    },
    {
      when: 'an exit code',
      code: 'export function run() { process.exitCode = 3; return 1; }',
      says: 'returned its output, but its process then ended with exit code 3',
    },
    {
      when: 'an exit code from the last handler',
      code: "process.on('exit', () => { process.exitCode = 4; }); export const run = () => 1;",
      says: 'returned its output, but its process then ended with exit code 4',
    },
    {
      when: 'an error whose stack is a number',
      code: "export function run() { const error = new Error('boom'); error.stack = 42; throw error; }",
      says: "implementation 'new' failed in run: Error: boom",
    },
    {
      when: 'an object that will not be text',
      code: "export function run() { throw { toString() { throw new Error('x'); } }; }",
      says: 'failed in run: threw { toString: [Function: toString] }, which is not an Error',
    },
  ])('$when', async ({ code, says }) => {
    const { exitCode, stdout, stderr, output } = await outputOf(code);
    expect(stderr).toContain(says);
    expect({ exitCode, stdout, output }).toEqual({ exitCode: 1, stdout: '', output: null });
  });

  test.each(['profile', 'bench'])('%s', async (command) => {
    const code = "export async function run() { Promise.reject(new Error('alone')); return 1; }";
    const root = await project({ 'impl-old/index.mjs': code, 'impl-new/index.mjs': code });
    const { exitCode, stderr } = await outpace(root, [command, 'old']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("implementation 'old' failed in run: unhandled rejection: Error: alone");
    expect(stderr).not.toMatch(/capture.child/);
  });

  test.each([
    {
      what: 'a handler of its own',
      code: `process.on('unhandledRejection', () => {}); process.on('uncaughtException', () => {});
        export async function run() { Promise.reject(new Error('x')); setTimeout(() => { throw new Error('y'); }, 5); return 1; }`,
    },
    {
      what: 'an exit code that is taken back',
      code: "process.exitCode = 3; process.on('exit', () => { process.exitCode = 0; }); export const run = () => 1;",
    },
    {
      what: 'a handle that stays open',
      code: 'export function run() { setInterval(() => 0, 9); return 1; }',
    },
    {
      what: 'process.exit(0) afterwards',
      code: 'export function run() { setTimeout(() => process.exit(0), 400); return 1; }',
    },
  ])('but not $what', async ({ code }) => {
    const { exitCode, output } = await outputOf(code);
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: '1\n' });
  });
});
