import { type FrameTable, fromOne } from './frame-table.ts';
import type { NodeColumns } from './node-columns.ts';
import type { PlainKernel } from './plain-kernel.ts';
import type { TextTable } from './text-table.ts';

interface PlainSink {
  readonly kernel: PlainKernel;
  readonly texts: TextTable;
  readonly frames: FrameTable;
  readonly nodes: () => NodeColumns;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads nodes in the forms in which V8 writes them, one behind the other; what it gives is as of an `ObjectShape`. */
export function plainNodes(sink: PlainSink): (start: number, end: number) => number {
  const { kernel, nodes } = sink;
  return (start, end) => {
    let last = -1;
    for (let at = start; ; at = last < 0 ? start : last + 2) {
      const columns = nodes();
      const read = kernel.readNodes(at, end, columns.length);
      if (read >= 0) {
        last = read;
        columns.ids.pushAll(kernel.ids, kernel.nodeCount);
        columns.frames.pushAll(kernel.functions, kernel.nodeCount);
        columns.children.pushAll({ rows: kernel.callers, ids: kernel.callees }, kernel.linkCount);
        columns.parents.pushAll({ rows: kernel.called, ids: kernel.parents }, kernel.parentCount);
      }
      const { unknownFunction } = kernel;
      if (unknownFunction === null || !learn(unknownFunction, sink)) return last;
    }
  };
}

/** Makes a function known by which reading was held up; false where it is none so plain. */
function learn(
  { first, last }: { readonly first: number; readonly last: number },
  { kernel, texts, frames }: PlainSink,
): boolean {
  const found = parsed(decoder.decode(kernel.window.subarray(first, last + 1)));
  if (typeof found !== 'object' || found === null) return false;
  const { functionName, url, lineNumber, columnNumber }: Partial<Record<string, unknown>> = { ...found };
  if (typeof functionName !== 'string' || typeof url !== 'string') return false;
  if (typeof lineNumber !== 'number' || typeof columnNumber !== 'number') return false;
  const frame = frames.indexOf({
    name: texts.ofString(functionName),
    url: texts.ofString(url),
    line: fromOne(lineNumber),
    column: fromOne(columnNumber),
  });
  return kernel.keep(first, last + 1, frame);
}

/** undefined for what is no JSON: its first brace was not its last, or something is wrong with it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
