import type { FrameTable, Place } from './frame-table.ts';
import { fieldsOf, lenient, NO_TEXT, number, type ObjectShape, text } from './json-shapes.ts';
import type { NodeColumns } from './node-columns.ts';
import type { TextTable } from './text-table.ts';

interface HeadSink {
  readonly texts: TextTable;
  readonly frames: FrameTable;
  readonly nodes: NodeColumns;
  /** Called where the root begins. */
  readonly begin: () => void;
}

/** A node that is being read, within those around it. */
interface OpenNode {
  id: number;
  readonly place: Place;
  readonly children: number[];
}

/**
 * The call tree as V8 wrote it up to Node 10 and v8-profiler-next still does: each node holds its callees themselves, and
 * its place, whose line and column count from 1.
 */
export function headShape({ texts, frames, nodes, begin }: HeadSink): ObjectShape {
  const none = texts.ofString('');
  const open: OpenNode[] = [];
  const inside = (change: (node: OpenNode) => void): void => {
    const node = open.at(-1);
    if (node !== undefined) change(node);
  };
  const fields = {
    id: number((id) => inside((node) => Object.assign(node, { id }))),
    functionName: text((name) => inside(({ place }) => Object.assign(place, { name }))),
    url: lenient(
      text((url) => inside(({ place }) => Object.assign(place, { url: url === NO_TEXT ? none : url }))),
    ),
    lineNumber: lenient(number((line) => inside(({ place }) => Object.assign(place, { line: known(line) })))),
    columnNumber: lenient(
      number((column) => inside(({ place }) => Object.assign(place, { column: known(column) }))),
    ),
  };
  const shape: { -readonly [Key in keyof ObjectShape]: ObjectShape[Key] } = {
    kind: 'object',
    lenient: false,
    fields: [],
    begin() {
      if (open.length === 0) begin();
      open.push({ id: Number.NaN, place: { name: NO_TEXT, url: none, line: 0, column: 0 }, children: [] });
    },
    end(fail) {
      const node = open.pop();
      if (node === undefined) return;
      const { id, place, children } = node;
      if (Number.isNaN(id)) fail('the id of the node');
      if (place.name === NO_TEXT) fail('the functionName of the node');
      const row = nodes.length;
      nodes.ids.push(id);
      nodes.frames.push(frames.indexOf(place));
      for (const child of children) nodes.children.push(row, child);
      open.at(-1)?.children.push(id);
    },
  };
  const children = { kind: 'list', lenient: true, item: shape, begin: () => undefined } as const;
  shape.fields = fieldsOf({ ...fields, children });
  return shape;
}

/** 0 stands for no place, as does what is no number. */
function known(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(0, value);
}
