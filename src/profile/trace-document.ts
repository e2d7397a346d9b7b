import { type Flaw, flawsOf } from './flaws.ts';
import type { FrameTable } from './frame-table.ts';
import { type ListShape, NO_TEXT, type ObjectShape } from './json-shapes.ts';
import type { RecordedThreads } from './model.ts';
import type { NodeSink } from './node-shape.ts';
import { onceEach } from './once-each.ts';
import type { Refuse } from './refusal.ts';
import type { TextTable } from './text-table.ts';
import { type TraceEvent, traceEventShape } from './trace-event-shape.ts';
import { TraceNames } from './trace-names.ts';
import { TracedThread } from './traced-thread.ts';

/** Part of the category of every event that V8's profiler writes, some of which name several categories. */
const PROFILER_CATEGORY = 'v8.cpu_profiler';

/** A trace of Chrome, DevTools, Node or outpace while it is read: all the threads whose profiles are in it. */
export class TraceDocument {
  readonly events: ListShape;
  /** Of a document whose samples name stacks, as Hermes writes them. */
  readonly stackFrames: ObjectShape;
  readonly #texts: TextTable;
  readonly #frames: FrameTable;
  readonly #words: Readonly<Record<'profile' | 'chunk' | 'old' | 'sample', number>>;
  readonly #threads = new Map<string, TracedThread>();
  readonly #names: TraceNames;
  readonly #isProfilers = new Map<number, boolean>();
  #seen = false;
  #isOfHermes = false;

  constructor(sink: Omit<NodeSink, 'nodes'>) {
    const { texts } = sink;
    this.#texts = texts;
    this.#frames = sink.frames;
    this.#names = new TraceNames(texts);
    this.#words = {
      profile: texts.ofString('Profile'),
      chunk: texts.ofString('ProfileChunk'),
      old: texts.ofString('CpuProfile'),
      sample: texts.ofString('P'),
    };
    this.stackFrames = {
      kind: 'object',
      lenient: true,
      fields: [],
      begin: () => {
        this.#isOfHermes = true;
      },
      end: () => undefined,
    };
    this.events = {
      kind: 'list',
      lenient: false,
      mayStayOpen: true,
      item: traceEventShape(sink, (event) => this.#take(event)),
      begin: () => {
        this.#seen = true;
        this.#threads.clear();
        this.#names.clear();
      },
    };
  }

  /** Whether there was a list of events. */
  get isTrace(): boolean {
    return this.#seen;
  }

  /** @param refuse throws where no thread can be used */
  finish(refuse: Refuse): RecordedThreads {
    this.#adoptUnnamedParts();
    const traced = [...this.#threads.values()].filter(({ hasNodes }) => hasNodes);
    if (traced.length === 0) refuse(this.#whyNoProfile());
    const finished = traced.map((thread) => ({ thread, outcome: thread.finish(this.#frames.frames) }));
    const usable = finished.flatMap(({ thread, outcome }) =>
      'refused' in outcome ? [] : [{ thread, sameThread: thread.sampledThread, ...outcome }],
    );
    const { kept, doubled } = onceEach(usable);
    const isKept = new Set(kept.map(({ thread }) => thread));
    const names = this.#names.of(
      finished
        .filter(({ thread, outcome }) => 'refused' in outcome || isKept.has(thread))
        .map(({ thread }) => thread),
    );
    const nameOf = (thread: TracedThread): string => names.get(thread) ?? '';
    const flaws = [
      ...finished.flatMap(({ thread, outcome }): Flaw[] =>
        'refused' in outcome ? [refusedFlaw(nameOf(thread), thread, outcome.refused)] : [],
      ),
      ...kept.flatMap(({ thread, skipped }) => flawsOf(nameOf(thread), skipped)),
      ...doubled.map(
        ({ thread, overlapUs }): Flaw => ({ kind: 'recorded twice', thread: nameOf(thread), overlapUs }),
      ),
    ];
    if (kept.length === 0) refuse(whyNothing(flaws));
    const profiles = new Map(kept.map(({ thread, profile }) => [thread, profile]));
    const threads = [...names].flatMap(([thread, name]) => {
      const profile = profiles.get(thread);
      return profile === undefined ? [] : [{ name, profile }];
    });
    return { threads, flaws };
  }

  #whyNoProfile(): string {
    if (this.#isOfHermes)
      return "it is a profile of Hermes's sampler, as React Native writes it: hermes-profile-transformer makes a trace of calls of it, and neither holds V8's samples";
    return 'it is a trace without a CPU profile: V8 writes one for the category disabled-by-default-v8.cpu_profiler';
  }

  #take(event: TraceEvent): void {
    if (event.allocated !== NO_TEXT) this.#isOfHermes = true;
    if (this.#names.take(event)) return;
    const { name, phase, category } = event;
    const { profile, chunk, old, sample } = this.#words;
    if (name === old) {
      if (event.part.nodes.length > 0) this.#threadOf(event).addWhole(event);
      return;
    }
    if (name !== profile && name !== chunk) return;
    // Anybody may call an event of their own `Profile`, such as performance.measure().
    if ((phase !== sample && phase !== NO_TEXT) || !this.#isProfiler(category)) return;
    if (name === profile) this.#threadOf(event).begin(event);
    else this.#threadOf(event).add(event);
  }

  #isProfiler(category: number): boolean {
    if (category === NO_TEXT) return true;
    const known = this.#isProfilers.get(category);
    if (known !== undefined) return known;
    const isProfiler = this.#texts
      .textOf(category)
      .split(',')
      .some((one) => one.includes(PROFILER_CATEGORY));
    this.#isProfilers.set(category, isProfiler);
    return isProfiler;
  }

  #threadOf(event: TraceEvent): TracedThread {
    const { pid, id, tid } = event;
    const key = id === NO_TEXT ? `${pid} thread ${tid}` : `${pid} id ${id}`;
    const known = this.#threads.get(key);
    if (known !== undefined) return known;
    const thread = new TracedThread(pid);
    this.#threads.set(key, thread);
    return thread;
  }

  /** Parts without an id are written by a thread of the profiler's own: they are those of the process's only profile. */
  #adoptUnnamedParts(): void {
    const begun = [...this.#threads.values()].filter(({ hasBegun }) => hasBegun);
    for (const [key, part] of this.#threads) {
      if (part.hasBegun || !key.includes(' thread ')) continue;
      const candidates = begun.filter(({ pid, hasNodes }) => pid === part.pid && !hasNodes);
      const [only] = candidates;
      if (only === undefined || candidates.length > 1) continue;
      only.adopt(part);
      this.#threads.delete(key);
    }
  }
}

function refusedFlaw(name: string, thread: TracedThread, why: string): Flaw {
  return thread.isHeadless
    ? { kind: 'headless part skipped', thread: name, samples: thread.samples }
    : { kind: 'thread skipped', thread: name, why };
}

function whyNothing([first]: readonly Flaw[]): string {
  return first?.kind === 'thread skipped'
    ? `its thread ${first.thread}: ${first.why}`
    : 'it holds the end of a profile whose beginning is not in the file';
}
