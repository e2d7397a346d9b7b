import {
  type Fail,
  fieldsOf,
  label,
  lenient,
  NO_TEXT,
  number,
  numbers,
  type ObjectShape,
  type Shape,
  text,
} from './json-shapes.ts';
import { type NodeSink, nodeShape } from './node-shape.ts';
import { RawThread } from './raw-thread.ts';

/** What is kept of one event, until the next is read; texts by number, NaN and `NO_TEXT` for what it does not have. */
export interface TraceEvent {
  name: number;
  category: number;
  phase: number;
  id: number;
  /** Of the process and thread that wrote the event, whatever the writer calls them by. */
  pid: number;
  tid: number;
  timeUs: number;
  /** `args.name`, of the events that name a thread. */
  called: number;
  /** `args.allocatedCategory`, which React Native's converter of Hermes profiles writes. */
  allocated: number;
  /** A profile, or the next part of one. */
  readonly part: RawThread;
}

const NOTHING_READ = {
  name: NO_TEXT,
  category: NO_TEXT,
  phase: NO_TEXT,
  id: NO_TEXT,
  pid: NO_TEXT,
  tid: NO_TEXT,
  timeUs: Number.NaN,
  called: NO_TEXT,
  allocated: NO_TEXT,
};

/**
 * An event of the Trace Event Format, of which V8's profiler makes `Profile` and `ProfileChunk`. Any key may come first,
 * so that what an event means is known at its end only.
 *
 * @param done is given each event at its end, the same object each time
 */
export function traceEventShape(
  sink: Omit<NodeSink, 'nodes'>,
  done: (event: TraceEvent, fail: Fail) => void,
): ObjectShape {
  const event: TraceEvent = {
    ...NOTHING_READ,
    part: new RawThread(),
  };
  const id = label((value) => {
    event.id = value;
  });
  return object(
    {
      name: lenientText((value) => {
        event.name = value;
      }),
      cat: lenientText((value) => {
        event.category = value;
      }),
      ph: lenientText((value) => {
        event.phase = value;
      }),
      id,
      id2: object({ local: id, global: id }),
      pid: label((value) => {
        event.pid = value;
      }),
      tid: label((value) => {
        event.tid = value;
      }),
      ts: lenientNumber((value) => {
        event.timeUs = value;
      }),
      args: object({
        name: lenientText((value) => {
          event.called = value;
        }),
        allocatedCategory: lenientText((value) => {
          event.allocated = value;
        }),
        data: dataShape(sink, event.part),
      }),
    },
    {
      begin() {
        Object.assign(event, NOTHING_READ);
        event.part.clear();
      },
      end: (fail) => done(event, fail),
    },
  );
}

function dataShape(sink: Omit<NodeSink, 'nodes'>, part: RawThread): ObjectShape {
  const times = {
    startTime: lenientNumber((value) => {
      part.startTimeUs = value;
    }),
    endTime: lenientNumber((value) => {
      part.endTimeUs = value;
    }),
    timeDeltas: numbers(() => {
      part.timeDeltas.clear();
      return part.timeDeltas;
    }),
  };
  return object({
    ...times,
    cpuProfile: object({
      ...times,
      nodes: {
        kind: 'list',
        lenient: false,
        item: nodeShape({ ...sink, nodes: () => part.nodes }),
        begin: () => part.nodes.clear(),
      },
      samples: numbers(() => {
        part.samples.clear();
        return part.samples;
      }),
    }),
  });
}

const nothing = (): void => undefined;

function object(
  shapes: Readonly<Record<string, Shape>>,
  told: Pick<ObjectShape, 'begin' | 'end'> = { begin: nothing, end: nothing },
): ObjectShape {
  return { kind: 'object', lenient: true, fields: fieldsOf(shapes), ...told };
}

function lenientText(set: (value: number) => void) {
  return lenient(text(set));
}

function lenientNumber(set: (value: number) => void) {
  return lenient(number(set));
}
