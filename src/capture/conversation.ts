import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Duplex, type Readable } from 'node:stream';
import { assertNever } from '../base/assert-never.ts';
import type { ChildMessage } from './child/messages.ts';
import { PARENT_FD } from './child/parent.ts';
import { readMessages } from './child-message.ts';
import type { CutShort } from './cut-short.ts';
import type { Ending } from './ending.ts';
import type { ProcessFamily } from './process-family.ts';
import { requestLine } from './request-line.ts';
import type { RunOptions } from './run-in-child.ts';

const STDERR_TAIL_CHARS = 4000;
/** How long a process whose handles stay open may wait after its answer for a late failure: once long, then shorter. */
const FIRST_SHUTDOWN_MS = 1000;
const LATER_SHUTDOWN_MS = 50;
/** For a process that is still busy when it should end. */
const SHUTDOWN_SLACK_MS = 2000;

/** The modules that leave handles open: a late failure of theirs was waited for once. */
const leavesHandlesOpen = new Set<string>();

interface Conversation {
  readonly options: RunOptions;
  readonly family: ProcessFamily;
  readonly early: CutShort;
  readonly progress: { sizeBytes: number };
}

/** What a process has said. */
type Seen = Pick<Ending, 'phase' | 'answer' | 'uncaught' | 'stderrTail'> & {
  /** As the process itself gives it just before its end; null: it gave none. */
  exitCode: number | null;
};

/** Asks the process for its run, and keeps what it says until its end. */
export function converse(child: ChildProcess, { options, family, early, progress }: Conversation): Seen {
  const { request, onPrinted } = options;
  const seen: Seen = { phase: 'import', answer: null, uncaught: null, stderrTail: '', exitCode: null };
  const shutdownMs = leavesHandlesOpen.has(request.entry) ? LATER_SHUTDOWN_MS : FIRST_SHUTDOWN_MS;
  const lineStart = `${randomUUID()} `;
  const line = requestLine({ ...request, shutdownMs, lineStart });
  const onMessage = (message: ChildMessage): void => {
    switch (message.kind) {
      case 'phase':
        seen.phase = message.phase;
        return;
      case 'progress':
        progress.sizeBytes = message.sizeBytes;
        return;
      case 'uncaught':
        seen.uncaught = message;
        return;
      case 'done':
        seen.answer = message;
        early.leaveAtLeast(shutdownMs + SHUTDOWN_SLACK_MS);
        return;
      case 'failed':
      case 'not written':
        seen.answer = message;
        family.kill();
        return;
      case 'ending':
        if (!message.idle) leavesHandlesOpen.add(request.entry);
        if (message.exitCode !== 0) return;
        seen.exitCode = 0;
        // It would only take its heap apart.
        family.kill();
        return;
      default:
        assertNever(message);
    }
  };
  listen(child, {
    onPrinted,
    onStderr: (text) => {
      seen.stderrTail = (seen.stderrTail + text).slice(-STDERR_TAIL_CHARS);
    },
  });
  const socket = child.stdio[PARENT_FD];
  if (socket instanceof Duplex) {
    // A process that died at once is described by its exit, not by the failure to reach it.
    socket.on('error', () => undefined);
    readMessages(socket, lineStart, onMessage);
    void family.ready.then(() => socket.write(line));
  }
  return seen;
}

/** Reads what a process prints, so that it never waits for a reader that is not there. */
function listen(
  child: ChildProcess,
  { onPrinted, onStderr }: Pick<RunOptions, 'onPrinted'> & { readonly onStderr: (text: string) => void },
): void {
  if (onPrinted === undefined) child.stdout?.resume();
  else void readAll(child.stdout, onPrinted);
  void readAll(child.stderr, (bytes) => {
    onStderr(bytes.toString());
    return onPrinted?.(bytes);
  });
}

async function readAll(
  stream: Readable | null,
  take: (bytes: Buffer) => void | Promise<void>,
): Promise<void> {
  try {
    for await (const bytes of stream ?? []) await take(bytes);
  } catch (error) {
    // The process is gone, and what still holds its pipe is not waited for.
    if (stream?.destroyed !== true) throw error;
  }
}
