import { fromOne } from './frame-table.ts';
import { isRecord, numberIn, textIn } from './json-values.ts';
import { COLUMN_PER_UNIT } from './measure.ts';
import type { Frame, RecordedThreads } from './model.ts';
import type { Refuse } from './refusal.ts';
import { StackFrames } from './stack-frames.ts';
import { StackThread } from './stack-thread.ts';
import { jsonOf } from './whole-document.ts';

/**
 * A `.heapprofile` of V8's sampling heap profiler: the bytes that each call path allocated and that were still in use,
 * or all of them, as its writer chose. It knows neither when nor in which thread.
 */
export function readHeapProfile(bytes: Uint8Array, refuse: Refuse): RecordedThreads {
  const root = recordAt(jsonOf(bytes, refuse), { path: 'the document', refuse });
  const frames = new StackFrames();
  const thread = new StackThread(frames);
  const open: { value: unknown; caller: number | null; path: string }[] = [
    { value: root.head, caller: null, path: 'head' },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, caller, path } = next;
    const node = recordAt(value, { path, refuse });
    const frame = frameOf(node.callFrame, { path: `${path}.callFrame`, refuse });
    const isRoot = caller === null && frame.name === '(root)' && frame.url === '';
    const at = isRoot ? thread.nodeOf([]) : thread.calleeOf(caller ?? 0, frames.indexOf(frame));
    const sizeBytes = numberIn(node, 'selfSize');
    if (sizeBytes === null || sizeBytes < 0) refuse(`${path}.selfSize is not a number of bytes`);
    thread.add(at, sizeBytes * COLUMN_PER_UNIT);
    const { children = [] } = node;
    if (!Array.isArray(children)) refuse(`${path}.children is not a list`);
    for (const [index, child] of [...children.entries()].reverse())
      open.push({ value: child, caller: at, path: `${path}.children[${index}]` });
  }
  return {
    threads: [{ name: 'main', profile: thread.finishUnordered(refuse) }],
    flaws: [],
    measure: { unit: 'bytes', isOrdered: false, hasThreads: false },
  };
}

interface Place {
  readonly path: string;
  readonly refuse: Refuse;
}

function recordAt(value: unknown, { path, refuse }: Place): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : refuse(`${path} is not an object`);
}

function frameOf(value: unknown, place: Place): Frame {
  const callFrame = recordAt(value, place);
  const name = textIn(callFrame, 'functionName');
  if (name === null) return place.refuse(`${place.path}.functionName is not a string`);
  return {
    name,
    url: textIn(callFrame, 'url') ?? '',
    line: fromOne(numberIn(callFrame, 'lineNumber') ?? -1),
    column: fromOne(numberIn(callFrame, 'columnNumber') ?? -1),
  };
}
