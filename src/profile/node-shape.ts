import { ByteMemo } from './byte-memo.ts';
import type { FrameTable, Place } from './frame-table.ts';
import { fieldsOf, lenient, NO_TEXT, number, numbers, type ObjectShape, text } from './json-shapes.ts';
import type { NodeColumns } from './node-columns.ts';
import { NumberColumn } from './number-column.ts';
import { PlainNode } from './plain-node.ts';
import type { TextTable } from './text-table.ts';

/** What a node is read into. */
export interface NodeSink {
  readonly texts: TextTable;
  readonly frames: FrameTable;
  /** Asked anew for each node. */
  readonly nodes: () => NodeColumns;
}

/** A node of a `.cpuprofile` or of a trace: its id, its function, and its callees, its caller, or both. */
export function nodeShape({ texts, frames, nodes }: NodeSink): ObjectShape {
  const none = texts.ofString('');
  const place: Place = { name: NO_TEXT, url: none, line: 0, column: 0 };
  const children = new NumberColumn();
  let id = Number.NaN;
  let parent = Number.NaN;
  const memo = new ByteMemo();
  const plain = new PlainNode(memo);
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
    memo: {
      recall(view, start, end) {
        const last = memo.recall(view, start, end);
        frame = last < 0 ? -1 : memo.value;
        return last;
      },
      keep: (view, start, end) => {
        if (place.name !== NO_TEXT) memo.keep(view, { start, end }, frames.indexOf(place));
      },
    },
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
    plain(bytes, view, start, end) {
      const last = plain.read(bytes, view, start, end);
      if (last < 0) return last;
      const columns = nodes();
      const row = columns.length;
      columns.ids.push(plain.id);
      columns.frames.push(plain.frame);
      for (let index = 0; index < plain.childCount; index += 1)
        columns.children.push(row, plain.children[index] ?? 0);
      return last;
    },
  };
}

/** V8 counts from 0, and gives −1 where there is no place. */
export function fromOne(value: number): number {
  return value >= 0 ? value + 1 : 0;
}
