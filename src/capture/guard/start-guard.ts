import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withoutGitVariables } from '../git-variables.ts';
import { type Duty, RELEASED } from './duty.ts';

const GUARD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './main.ts' : './main.js', import.meta.url),
);

/** Starts a process that does its duty when this one is gone, even if it is killed. */
export function startGuard(duty: Duty) {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = withoutGitVariables(process.env);
  const guard = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', GUARD], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
    // It has to outlive this process, if only by a moment.
    detached: true,
    windowsHide: true,
  });
  const exited = new Promise<number>((resolve) => {
    guard.once('exit', (exitCode) => resolve(exitCode ?? 1));
    // A machine that can start no more processes fails at what comes next.
    guard.once('error', () => resolve(1));
  });
  // Written to a guard that is gone: its exit code says more.
  guard.stdin.on('error', () => undefined).write(`${JSON.stringify(duty)}\n`);
  return {
    stdout: guard.stdout,
    stderr: guard.stderr,
    exited,
    /** There is nothing left to clean up. */
    release(): Promise<number> {
      guard.stdin.end(`${RELEASED}\n`);
      return exited;
    },
    /** As if this process were gone. */
    abandon(): Promise<number> {
      guard.stdin.end();
      return exited;
    },
  };
}
