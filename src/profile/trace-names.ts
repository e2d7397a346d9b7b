import { NO_TEXT } from './json-shapes.ts';
import type { TextTable } from './text-table.ts';
import type { TraceEvent } from './trace-event-shape.ts';
import type { TracedThread } from './traced-thread.ts';

/**
 * What the threads of a trace are called: by their role, so that the same thread has the same name in another trace,
 * where its process and thread have other numbers and its events come in another order.
 */
export class TraceNames {
  readonly #texts: TextTable;
  readonly #words: Readonly<Record<'thread' | 'process', number>>;
  readonly #ofThreads = new Map<string, string>();
  readonly #ofProcesses = new Map<number, string>();

  constructor(texts: TextTable) {
    this.#texts = texts;
    this.#words = { thread: texts.ofString('thread_name'), process: texts.ofString('process_name') };
  }

  clear(): void {
    this.#ofThreads.clear();
    this.#ofProcesses.clear();
  }

  /** Whether the event was one that names a thread or a process. */
  take({ name, pid, tid, called }: TraceEvent): boolean {
    if (called === NO_TEXT) return false;
    if (name === this.#words.thread) this.#ofThreads.set(`${pid}:${tid}`, this.#texts.textOf(called));
    else if (name === this.#words.process) this.#ofProcesses.set(pid, this.#texts.textOf(called));
    else return false;
    return true;
  }

  /** Main threads first; each with a name of its own. */
  of(threads: readonly TracedThread[]): Map<TracedThread, string> {
    const byRole = threads
      .map((thread) => ({ thread, role: this.#roleOf(thread), process: this.#ofProcesses.get(thread.pid) }))
      .toSorted(
        (a, b) => Number(isMain(b.role)) - Number(isMain(a.role)) || orderOf(a.thread) - orderOf(b.thread),
      );
    const timesRole = Map.groupBy(byRole, ({ role }) => role);
    const timesTaken = new Map<string, number>();
    const named = byRole.map(({ thread, role, process }): [TracedThread, string] => {
      const alike = timesRole.get(role) ?? [];
      const isTold = process !== undefined && alike.some((other) => other.process !== process);
      const name = isTold ? `${role} (${process})` : role;
      const taken = (timesTaken.get(name) ?? 0) + 1;
      timesTaken.set(name, taken);
      return [thread, taken === 1 ? name : `${name} #${taken}`];
    });
    return new Map(named);
  }

  #roleOf({ pid, sampledTid }: TracedThread): string {
    const called = this.#ofThreads.get(`${pid}:${sampledTid}`);
    if (called !== undefined && called !== '') return called;
    // On Linux the first thread of a process bears the number of the process.
    return sampledTid !== NO_TEXT && sampledTid === pid ? 'main' : 'thread';
  }
}

function isMain(role: string): boolean {
  return /main/i.test(role);
}

/** Of threads with one name, the one that was recorded first comes first. */
function orderOf({ beginsUs }: TracedThread): number {
  return Number.isNaN(beginsUs) ? Number.MAX_VALUE : beginsUs;
}
