import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { builtProgram } from './built-program.ts';
import { childEnvironment } from './child-environment.ts';
import { MARKER_VARIABLE } from './end-processes.ts';

/** A process that ends what this one has started, should this one be killed. */
export interface Guard {
  /** Begins all markers of this guard's processes. */
  readonly token: string;
  /** Resolves once its own start no longer takes any of the machine's time. */
  readonly ready: Promise<void>;
  add(pid: number): void;
  remove(pid: number): void;
  /** Lets it go, with everything that it still guards ended; resolves once it is gone. */
  end(): Promise<void>;
}

let current: Guard | null = null;

/** The one guard of this process, started when it is first needed; gone before this process ends. */
export function sharedGuard(): Guard {
  current ??= startGuard();
  return current;
}

/** For a thread that is about to be terminated: unlike a process, it would not wait until the guard is gone. */
export async function endSharedGuard(): Promise<void> {
  await current?.end();
}

function startGuard(): Guard {
  const token = randomUUID();
  const { guard, gone } = spawnGuard([builtProgram('guard'), token], 'pipe');
  void gone.then(() => {
    current = null;
  });
  const said = new Promise<void>((resolve) => guard.stdout?.once('data', () => resolve()));
  const ready = Promise.race([said, gone]).then(() => {
    guard.stdout?.destroy();
    guard.unref();
  });
  // Nothing else is left to do then; without this, a guard would be seen for a moment after its command's end.
  const end = (): Promise<void> => {
    guard.ref();
    guard.stdin?.end();
    return gone;
  };
  process.once('beforeExit', () => void end());
  const write = (line: string): void => void (guard.stdin?.writable === true && guard.stdin.write(line));
  return {
    token,
    ready,
    add: (pid) => write(`+${pid}\n`),
    remove: (pid) => write(`-${pid}\n`),
    end,
  };
}

/**
 * A program of ours that ends things when this process is gone, which its standard input tells.
 *
 * @returns it, and `gone`, which resolves when it has ended
 */
export function spawnGuard(
  programWithArgs: readonly string[],
  stdout: 'pipe' | 'ignore',
): { readonly guard: ChildProcess; readonly gone: Promise<void> } {
  const { environment } = childEnvironment(process.env);
  const guard = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...programWithArgs], {
    stdio: ['pipe', stdout, 'ignore'],
    // Not a part of what an outer measurement ends, which may be ourselves: it has to outlive this process by a moment.
    env: { ...environment, NODE_OPTIONS: undefined, [MARKER_VARIABLE]: undefined },
    detached: true,
    windowsHide: true,
  });
  // Its end may come between two writes.
  guard.stdin?.on('error', () => undefined);
  return { guard, gone: ended(guard) };
}

/** A machine that can start no more processes will say so by what comes next. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}
