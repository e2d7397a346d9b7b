import { type FrameTable, fromOne, type Place } from './frame-table.ts';
import { fieldsOf, lenient, NO_TEXT, number, numbers, type ObjectShape, text } from './json-shapes.ts';
import type { NodeColumns } from './node-columns.ts';
import { NumberColumn } from './number-column.ts';
import type { PlainKernel } from './plain-kernel.ts';
import { plainNodes } from './plain-nodes.ts';
import type { TextTable } from './text-table.ts';

/** What a node is read into. */
export interface NodeSink {
  readonly texts: TextTable;
  readonly frames: FrameTable;
  /** Asked anew for each node. */
  readonly nodes: () => NodeColumns;
  /** That of the document, which knows functions by their number in `frames`. */
  readonly kernel: PlainKernel | null;
}

/** A node of a `.cpuprofile` or of a trace: its id, its function, and its callees, its caller, or both. */
export function nodeShape({ texts, frames, nodes, kernel }: NodeSink): ObjectShape {
  const none = texts.ofString('');
  const place: Place = { name: NO_TEXT, url: none, line: 0, column: 0 };
  const children = new NumberColumn();
  let id = Number.NaN;
  let parent = Number.NaN;
  /** As it was recalled; −1 where the place was read. */
  let frame = -1;
  const forget = () => {
    frame = -1;
    place.name = NO_TEXT;
    place.url = none;
    place.line = 0;
    place.column = 0;
  };
  const callFrame: ObjectShape = {
    kind: 'object',
    lenient: false,
    fields: fieldsOf({
      functionName: text((name) => {
        place.name = name;
      }),
      url: lenient(
        text((url) => {
          place.url = url === NO_TEXT ? none : url;
        }),
      ),
      lineNumber: lenient(
        number((line) => {
          place.line = fromOne(line);
        }),
      ),
      columnNumber: lenient(
        number((column) => {
          place.column = fromOne(column);
        }),
      ),
    }),
    begin: forget,
    end: () => undefined,
    ...(kernel === null
      ? {}
      : {
          memo: {
            recall(start, end) {
              const last = kernel.recall(start, end);
              frame = last < 0 ? -1 : kernel.recalled;
              return last;
            },
            keep(start, end) {
              if (place.name !== NO_TEXT) kernel.keep(start, end, frames.indexOf(place));
            },
          },
        }),
  };
  return {
    kind: 'object',
    lenient: false,
    fields: fieldsOf({
      id: number((value) => {
        id = value;
      }),
      callFrame,
      parent: lenient(
        number((value) => {
          parent = value;
        }),
      ),
      children: lenient(
        numbers(() => {
          children.clear();
          return children;
        }),
      ),
    }),
    begin() {
      id = Number.NaN;
      parent = Number.NaN;
      children.clear();
      forget();
    },
    end(fail) {
      if (Number.isNaN(id)) fail('the id of the node');
      if (frame < 0 && place.name === NO_TEXT) fail('the callFrame.functionName of the node');
      const columns = nodes();
      const row = columns.length;
      columns.ids.push(id);
      columns.frames.push(frame < 0 ? frames.indexOf(place) : frame);
      if (!Number.isNaN(parent)) columns.parents.push(row, parent);
      if (children.length > 0) children.visit((child) => columns.children.push(row, child));
    },
    ...(kernel === null ? {} : { plain: plainNodes({ kernel, texts, frames, nodes }) }),
  };
}
