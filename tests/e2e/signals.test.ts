/** A signal ends every command, with its children, and leaves nothing unfinished. */
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outpace, project, projectWithPackages } from '../support/outpace.ts';

const HANGS = `
  import { writeFileSync } from 'node:fs';
  export function run() { writeFileSync('pid', String(process.pid)); for (;;); }`;
const FILES = {
  'outpace.config.json': '{"input":{"n":1}}',
  'impl-old/index.mjs': HANGS,
  'impl-new/index.mjs': HANGS,
};
/** Far longer than a signal may take, and far shorter than what is interrupted. */
const WAITING = { timeout: 30_000 };

function textOf(root: string, name: string): Promise<string> {
  return readFile(join(root, name), 'utf8').catch(() => '');
}

async function unfinishedIn(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  return names.filter((name) => !name.startsWith('node_modules') && /\.reserved|\.partial|_/.test(name));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('while an implementation runs', () => {
  test.each([
    { args: ['bench'], signal: 'SIGTERM' },
    { args: ['gain'], signal: 'SIGHUP' },
    { args: ['run', 'old', '--output', 'out.json'], signal: 'SIGTERM' },
    { args: ['scale', '--sizes', '1,2'], signal: 'SIGINT' },
    { args: ['check', '--update-baseline', '--baseline', 'base.json'], signal: 'SIGTERM' },
    { args: ['flame', 'old'], signal: 'SIGHUP' },
    { args: ['doctor', 'old'], signal: 'SIGTERM' },
  ] as const)('outpace $args.0 ends by $signal', async ({ args, signal }) => {
    const root = await projectWithPackages(FILES);
    const running = outpace(root, [...args, '--timeout', '10m']);
    await expect.poll(() => textOf(root, 'pid'), WAITING).not.toBe('');
    running.kill(signal);
    const { exitCode, stdout, stderr } = await running;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toContain('interrupted');
    expect(await unfinishedIn(root)).toEqual([]);
    const pid = Number(await textOf(root, 'pid'));
    await expect.poll(() => isRunning(pid), WAITING).toBe(false);
  });

  test('after SIGKILL, the next run removes what was reserved', async () => {
    const root = await project(FILES);
    const running = outpace(root, ['profile', 'old', '--timeout', '10m']);
    await expect.poll(() => textOf(root, 'pid'), WAITING).not.toBe('');
    running.kill('SIGKILL');
    await running;
    expect(await unfinishedIn(root)).not.toEqual([]);
    await outpace(root, ['run', 'old', '--timeout', '1ms']);
    expect(await unfinishedIn(root)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('while nothing listens', () => {
  // Opening a pipe that nobody writes to waits for ever, and no signal handler of JavaScript ends that.
  test.each(['compare', 'report'])('outpace %s ends though a file does not answer', async (command) => {
    const root = await project({});
    execFileSync('mkfifo', [join(root, 'pipe.cpuprofile')]);
    const running = outpace(root, [command, 'pipe.cpuprofile', 'pipe.cpuprofile']);
    const gone = running.then(({ exitCode, signal }) => exitCode ?? signal);
    let ended: unknown = null;
    void gone.then((how) => {
      ended = how;
    });
    // It may not have come to the pipe yet: then the first one ends it, too.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    running.kill('SIGTERM');
    await expect.poll(() => ended, WAITING).not.toBeNull();
    expect([130, 'SIGTERM']).toContain(ended);
  });

  test('a config that never settles', async () => {
    const root = await project({
      'outpace.config.mjs': `
        import { writeFileSync } from 'node:fs';
        writeFileSync('pid', String(process.pid));
        for (;;);`,
    });
    const running = outpace(root, ['compare']);
    await expect.poll(() => textOf(root, 'pid'), WAITING).not.toBe('');
    running.kill('SIGINT');
    // A command that has nothing to clean up leaves the signal to the system.
    expect(await running).toMatchObject({ signal: 'SIGINT', stdout: '' });
    const pid = Number(await textOf(root, 'pid'));
    await expect.poll(() => isRunning(pid), WAITING).toBe(false);
  });
});
