/** Nothing that a run starts survives it, nor the command that measures it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MARKER_VARIABLE } from '../../src/capture/end-processes.ts';
import { outpace, project, TEST_NODE } from '../support/outpace.ts';
import { isRunning } from '../support/processes.ts';

const SLEEP = "process.execPath, ['-e', 'setInterval(() => 0, 999)']";
const IMPORTS = `import { spawn, spawnSync } from 'node:child_process'; import { writeFileSync } from 'node:fs';
  const keep = ({ pid }) => writeFileSync('pid', String(pid));`;

/** Each starts a process that would go on for ever. */
const WAYS = {
  'with our streams': `keep(spawn(${SLEEP}, { stdio: 'inherit' }));`,
  'in a session of its own, with our streams': `const child = spawn(${SLEEP}, { detached: true, stdio: 'inherit' }); child.unref(); keep(child);`,
  'in a session of its own, without its environment': `const child = spawn(${SLEEP}, { detached: true, stdio: 'inherit', env: {} }); child.unref(); keep(child);`,
  'as an orphan in a session of its own':
    "spawnSync('sh', ['-c', '(setsid sh -c \"echo \\\\$\\\\$ > pid; exec sleep 600\" &) &'], { stdio: 'inherit' }); while (!existsSync('pid') || readFileSync('pid', 'utf8') === '');",
};

const pidIn = async (root: string): Promise<number> => Number(await readFile(join(root, 'pid'), 'utf8'));

describe.skipIf(process.platform !== 'linux')('a process that the job starts', () => {
  test.each(Object.entries(WAYS))('%s: neither delays the run nor outlives it', async (_, code) => {
    const root = await project({
      'impl-new/index.mjs': `${IMPORTS} import { existsSync, readFileSync } from 'node:fs'; export function run() { ${code} return 1; }`,
    });
    const { exitCode, stderr } = await outpace(root, ['run', 'new', '--timeout', '60s']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'new: one run' });
    expect(isRunning(await pidIn(root))).toBe(false);
  });

  test.each([
    {
      what: 'waits in place for one in a session of its own',
      code: `spawnSync('sh', ['-c', 'echo $$ > pid; exec sleep 600'], { detached: true, stdio: 'inherit' });`,
    },
    {
      what: 'stops itself',
      code: `writeFileSync('pid', String(process.pid)); process.kill(process.pid, 'SIGSTOP');`,
    },
    {
      what: 'ignores signals in a busy loop',
      code: `writeFileSync('pid', String(process.pid)); process.on('SIGTERM', () => {}); for (;;);`,
    },
    {
      what: 'never comes to its end',
      code: `writeFileSync('pid', String(process.pid)); process.on('exit', () => { for (;;); }); return 1;`,
    },
  ])('a job that $what reaches its time limit', async ({ code }) => {
    const root = await project({ 'impl-new/index.mjs': `${IMPORTS} export function run() { ${code} }` });
    const { exitCode, stderr } = await outpace(root, ['run', 'new', '--timeout', '5s']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/was still in (run|shutdown) after 5000 ms/);
    expect(isRunning(await pidIn(root))).toBe(false);
  });

  const ALONE = WAYS['in a session of its own, without its environment'];

  test.each([
    {
      what: 'an exit code',
      code: `${ALONE} process.exitCode = 3; return 1;`,
      says: "implementation 'new' returned its output, but its process then ended with exit code 3",
    },
    {
      what: 'process.exit during its run',
      code: `${ALONE} process.exit(3);`,
      says: "implementation 'new' ended its process in run with exit code 3",
    },
    { what: 'a thrown error', code: `${ALONE} throw new Error('boom');`, says: 'failed in run: Error: boom' },
    {
      what: 'an uncaught exception',
      code: `${ALONE} setTimeout(() => { throw new Error('boom'); }, 1); return new Promise((resolve) => setTimeout(resolve, 9e5));`,
      says: 'failed in run: uncaught exception: Error: boom',
    },
    {
      what: 'an uncaught exception afterwards',
      code: `${ALONE} setTimeout(() => { throw new Error('boom'); }, 400); return 1;`,
      says: 'failed in shutdown: uncaught exception: Error: boom',
    },
    {
      what: 'nothing left to wait for',
      code: `${ALONE} return new Promise(() => undefined);`,
      says: 'failed in run: it can never settle',
    },
  ])('in a session of its own, without its environment: ends with a job that fails by $what', async (job) => {
    const root = await project({ 'impl-new/index.mjs': `${IMPORTS} export function run() { ${job.code} }` });
    const { exitCode, stderr } = await outpace(root, ['run', 'new', '--timeout', '60s']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(job.says);
    expect(isRunning(await pidIn(root))).toBe(false);
  });

  test('a job that ends its process runs its handlers of that', async () => {
    const code = `process.on('exit', (exitCode) => writeFileSync('handled', String(exitCode)));
      export function run() { process.exit(3); }`;
    const root = await project({ 'impl-new/index.mjs': IMPORTS + code });
    const { exitCode } = await outpace(root, ['run', 'new', '--timeout', '60s']);
    expect(exitCode).toBe(1);
    expect(await readFile(join(root, 'handled'), 'utf8')).toBe('3');
  });

  test.each(Object.entries(WAYS))('%s: ends with a command that is killed', async (_, code) => {
    const root = await project({
      'impl-new/index.mjs': `${IMPORTS} import { existsSync, readFileSync } from 'node:fs'; export function run() { ${code} for (;;); }`,
    });
    const running = outpace(root, ['run', 'new', '--timeout', '60s']);
    await expect.poll(() => pidIn(root).catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(0);
    running.kill('SIGKILL');
    await running;
    const pid = await pidIn(root);
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  });
});

test.skipIf(process.platform !== 'linux')(
  'the guard ends a process that was started but not yet registered',
  async () => {
    const program = fileURLToPath(new URL('../../src/capture/guard-process.ts', import.meta.url));
    const guard = spawn(TEST_NODE, [program, 'a-token'], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(guard.stdout, 'data');
    const start = (token: string) =>
      spawn('sleep', ['600'], { env: { ...process.env, [MARKER_VARIABLE]: token }, stdio: 'ignore' });
    const [ours, other] = [start('outer;a-token.1;'), start('b-token.1;')];
    const ended = once(ours, 'exit');
    guard.stdin.end();
    expect(await ended).toEqual([null, 'SIGKILL']);
    await once(guard, 'exit');
    expect(isRunning(other.pid ?? 0)).toBe(true);
    other.kill('SIGKILL');
  },
);

test.skipIf(process.platform !== 'linux')('a command leaves no guard behind', async () => {
  const root = await project({ 'impl-new/index.mjs': 'export const run = () => process.env.OUTPACE_RUN;' });
  await outpace(root, ['run', 'new', '--output', 'out']);
  const [token = ''] = (await readFile(join(root, 'out'), 'utf8')).split('.');
  expect(token).toMatch(/^[\da-f-]{36}$/);
  const commands = (await readdir('/proc')).map((pid) =>
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  );
  expect((await Promise.all(commands)).filter((command) => command.includes(token))).toEqual([]);
});
