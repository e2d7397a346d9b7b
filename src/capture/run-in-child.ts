import { fileURLToPath } from 'node:url';
import { messageOf, OutpaceError } from '../base/errors.ts';
import type { ChildMessage, Phase, RunRequest, RunResult } from './child/messages.ts';

const CHILD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './child/main.ts' : './child/main.js', import.meta.url),
);
/** Frames below this are outpace's own. */
export const HARNESS_URL = new URL('./child/', import.meta.url).href;
const STDERR_TAIL_CHARS = 4000;

export interface RunOptions {
  readonly request: RunRequest;
  readonly implementation: string;
  readonly nodePath: string;
  readonly timeoutMs: number;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/**
 * One run in a fresh process, which is gone when this settles, and so is whatever it started.
 *
 * @throws OutpaceError RUN_FAILED, TIME_LIMIT or INTERRUPTED, saying in which phase
 */
export async function runInChild(options: RunOptions): Promise<RunResult> {
  options.signal.throwIfAborted();
  // Imported late: commands that start no process need not pay for it.
  const { execa } = await import('execa');
  const child = execa(options.nodePath, ['--disable-warning=ExperimentalWarning', CHILD], {
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    ipc: true,
    buffer: false,
    reject: false,
    // A group of its own, so that processes started by the implementation end with it.
    detached: process.platform !== 'win32',
    cleanup: false,
  });
  const state: { phase: Phase; answer: ChildMessage | null; ended: 'time limit' | 'interrupted' | null } = {
    phase: 'import',
    answer: null,
    ended: null,
  };
  const kill = (why: 'time limit' | 'interrupted'): void => {
    state.ended ??= why;
    killGroup(child.pid);
  };
  const interrupted = (): void => kill('interrupted');
  options.signal.addEventListener('abort', interrupted);
  const timer = setTimeout(() => kill('time limit'), options.timeoutMs);

  let stderrTail = '';
  child.stdout?.resume();
  child.stderr?.on('data', (text: Buffer) => {
    stderrTail = (stderrTail + text.toString()).slice(-STDERR_TAIL_CHARS);
  });
  const listen = async (): Promise<void> => {
    for await (const message of child.getEachMessage()) {
      const said = message as unknown as ChildMessage;
      if (said.kind === 'phase') state.phase = said.phase;
      else {
        state.answer = said;
        killGroup(child.pid);
      }
    }
  };
  try {
    const listening = listen();
    // A child that died at once is told by its exit, not by the failure to reach it.
    await child.sendMessage({ ...options.request }).catch(() => undefined);
    await listening;
    const { exitCode, signal } = await child;
    return resultOf({ options, ...state, stderrTail, exit: signal ?? `exit code ${exitCode}` });
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', interrupted);
    killGroup(child.pid);
  }
}

interface Ending {
  readonly options: RunOptions;
  readonly phase: Phase;
  readonly answer: ChildMessage | null;
  readonly ended: 'time limit' | 'interrupted' | null;
  readonly stderrTail: string;
  readonly exit: string;
}

function resultOf({ options, phase, answer, ended, stderrTail, exit }: Ending): RunResult {
  if (answer?.kind === 'done') return answer.result;
  const who = `implementation '${options.implementation}'`;
  if (ended === 'interrupted') throw new OutpaceError('INTERRUPTED', 'interrupted');
  if (ended === 'time limit') {
    throw new OutpaceError(
      'TIME_LIMIT',
      `${who} was still in ${phase} after ${options.timeoutMs} ms, the time limit of one run`,
    );
  }
  if (answer?.kind === 'failed')
    throw new OutpaceError('RUN_FAILED', `${who} failed in ${answer.phase}: ${answer.message}`);
  if (stderrTail.includes('JavaScript heap out of memory')) {
    throw new OutpaceError('RUN_FAILED', `${who} ran out of memory in ${phase} (V8's heap limit)`);
  }
  const said = stderrTail.trim() === '' ? '' : `; its last words:\n${stderrTail.trim()}`;
  throw new OutpaceError('RUN_FAILED', `${who} ended its process in ${phase} with ${exit}${said}`);
}

/** Ends a child and all that it started; a group that is gone already is what was wanted. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if (!messageOf(error).includes('ESRCH')) throw error;
  }
}
