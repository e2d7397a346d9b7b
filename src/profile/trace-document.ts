import type { FrameTable } from './frame-table.ts';
import { type Fail, type ListShape, NO_TEXT } from './json-shapes.ts';
import type { RecordedThread } from './model.ts';
import type { NodeSink } from './node-shape.ts';
import type { Refuse } from './refusal.ts';
import type { TextTable } from './text-table.ts';
import { type TraceEvent, traceEventShape } from './trace-event-shape.ts';
import { TracedThread } from './traced-thread.ts';

/** A trace of Chrome, DevTools, Node or outpace while it is read: all the threads whose profiles are in it. */
export class TraceDocument {
  readonly events: ListShape;
  readonly #texts: TextTable;
  readonly #frames: FrameTable;
  readonly #names: {
    readonly profile: number;
    readonly chunk: number;
    readonly thread: number;
    readonly old: number;
  };
  readonly #threads = new Map<string, TracedThread>();
  readonly #called = new Map<string, string>();
  #seen = false;

  constructor(sink: Omit<NodeSink, 'nodes'>) {
    const { texts } = sink;
    this.#texts = texts;
    this.#frames = sink.frames;
    this.#names = {
      profile: texts.ofString('Profile'),
      chunk: texts.ofString('ProfileChunk'),
      old: texts.ofString('CpuProfile'),
      thread: texts.ofString('thread_name'),
    };
    this.events = {
      kind: 'list',
      lenient: false,
      item: traceEventShape(sink, (event, fail) => this.#take(event, fail)),
      begin: () => {
        this.#seen = true;
        this.#threads.clear();
        this.#called.clear();
      },
    };
  }

  /** Whether there was a list of events. */
  get isTrace(): boolean {
    return this.#seen;
  }

  finish(refuse: Refuse): RecordedThread[] {
    const traced = [...this.#threads.values()].filter(({ hasNodes }) => hasNodes);
    if (traced.length === 0)
      refuse(
        'it is a trace without a CPU profile: V8 writes one for the category disabled-by-default-v8.cpu_profiler',
      );
    const names = this.#namesOf(traced);
    return traced.map((thread, index) => {
      const name = names[index] ?? '';
      const refuseThread: Refuse = (found) => refuse(`its thread ${name}: ${found}`);
      return { name, profile: thread.whole().finish(this.#frames.frames, refuseThread) };
    });
  }

  #take(event: TraceEvent, fail: Fail): void {
    const { name, pid, tid, part } = event;
    if (name === this.#names.thread && event.called !== NO_TEXT) {
      this.#called.set(`${pid}:${tid}`, this.#texts.textOf(event.called));
    } else if (name === this.#names.profile) {
      const thread = this.#threadOf(event);
      thread.tid = tid;
      thread.startTimeUs = Number.isNaN(part.startTimeUs) ? event.timeUs : part.startTimeUs;
    } else if (name === this.#names.chunk || name === this.#names.old) {
      if (part.samples.length !== part.timeDeltas.length) fail('as many timeDeltas as samples in this event');
      const thread = this.#threadOf(event);
      if (name === this.#names.old) thread.tid = tid;
      thread.add(part, event.timeUs);
    }
  }

  #threadOf({ pid, id, tid }: TraceEvent): TracedThread {
    const key = `${pid}:${id === NO_TEXT ? `thread ${tid}` : this.#texts.textOf(id)}`;
    const known = this.#threads.get(key);
    if (known !== undefined) return known;
    const thread = new TracedThread(pid);
    this.#threads.set(key, thread);
    return thread;
  }

  /** As the trace calls them; where a name comes twice, with what tells the two apart. */
  #namesOf(threads: readonly TracedThread[]): string[] {
    const severalProcesses = new Set(threads.map(({ pid }) => pid)).size > 1;
    const taken = new Map<string, number>();
    return threads.map(({ pid, tid }) => {
      const called = this.#called.get(`${pid}:${tid}`) ?? `thread ${Number.isNaN(tid) ? '?' : tid}`;
      const name = severalProcesses ? `${called} (process ${pid})` : called;
      const before = taken.get(name) ?? 0;
      taken.set(name, before + 1);
      return before === 0 ? name : `${name} #${before + 1}`;
    });
  }
}
