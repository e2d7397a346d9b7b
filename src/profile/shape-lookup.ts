import { type ObjectShape, type Shape, SKIPPED } from './json-shapes.ts';

const NUMBER_ITEM: Shape = { kind: 'number', lenient: false, set: () => undefined };

/** The shape of what comes next in a container, where no key says it. */
export function itemOf(container: Shape): Shape {
  if (container.kind === 'list') return container.item;
  return container.kind === 'numbers' ? NUMBER_ITEM : SKIPPED;
}

/** Whether a list's last item may be followed by a comma, and its closing bracket be missing. */
export function mayStayOpen(container: Shape): boolean {
  return container.kind === 'list' && container.mayStayOpen === true;
}

/** The shape that an object or a list can have, of one that may be either. */
export function ofKind(shape: Shape, isObject: boolean): Shape {
  if (shape.kind !== 'either') return shape;
  return isObject ? shape.object : shape.list;
}

/** The shape of the field whose key stands from `start` to `end`. */
export function shapeOfKey({ fields }: ObjectShape, bytes: Uint8Array, start: number, end: number): Shape {
  const candidates = fields[end - start];
  if (candidates === undefined) return SKIPPED;
  for (let index = 0; index < candidates.length; index += 1) {
    const field = candidates[index];
    if (field !== undefined && isKey(field.key, bytes, start)) return field.shape;
  }
  return SKIPPED;
}

function isKey(key: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < key.length; at += 1) if (key[at] !== bytes[start + at]) return false;
  return true;
}

/** In words, as an error says it. */
export function nameOf(shape: Shape): string {
  switch (shape.kind) {
    case 'object':
      return 'an object';
    case 'list':
      return 'a list';
    case 'either':
      return 'an object or a list';
    case 'numbers':
      return 'a list of numbers';
    case 'number':
      return 'a number';
    case 'text':
      return 'a text';
    case 'label':
      return 'a text or a number';
    default:
      return 'a value';
  }
}
