import { builtinShape } from './builtin-shapes.ts';
import { classOf, type ValueClass } from './class-of.ts';
import { refusePrivateFields } from './private-fields.ts';
import { NO_PARTS, otherKeys, ownParts, type Shape } from './shape-parts.ts';
import { ADVICE, Unsuitable } from './uninspectable.ts';

const { hasOwn } = Object;
const objectPrototype = Object.prototype;
const arrayPrototype = Array.prototype;
const tagOf = Object.prototype.toString;

/**
 * Takes an object apart; getters that are its own and enumerable are called.
 *
 * @throws Unsuitable where its contents are in no property and no way is known to read them
 */
export function shapeOf(value: object): Shape {
  if (Array.isArray(value)) return listShape(value);
  if (Object.getPrototypeOf(value) === objectPrototype) {
    if (tagOf.call(value) !== '[object Arguments]')
      return { ...NO_PARTS, head: 'Object', ...ownParts(value) };
    const items = Array.from(value as ArrayLike<unknown>);
    return { ...NO_PARTS, head: 'Arguments', items };
  }
  const valueClass = classOf(value);
  return withInherited(builtinShape(value, valueClass) ?? instanceShape(value, valueClass), valueClass);
}

function listShape(value: readonly unknown[]): Shape {
  const name = Object.getPrototypeOf(value) === arrayPrototype ? 'Array' : nameOfSubclass(value);
  const head = `${name} ${value.length}`;
  // Elements by their names, of which there may be three in four billion.
  if (hasHole(value)) return { ...NO_PARTS, head: `${head} with holes`, ...ownParts(value) };
  return { ...NO_PARTS, head, items: value, ...ownParts(value, otherKeys(value)) };
}

function nameOfSubclass(value: object): string {
  const { links, name } = classOf(value);
  refusePrivateFields(value, links, name);
  return name;
}

function hasHole(value: readonly unknown[]): boolean {
  for (let index = 0; index < value.length; index += 1)
    if (value[index] === undefined && !hasOwn(value, index)) return true;
  return false;
}

function instanceShape(value: object, { links, name }: ValueClass): Shape {
  refuseActive(value, name);
  const native = links.find((link) => link.native)?.name;
  if (native !== undefined)
    throw new Unsuitable(`${article(native)} ${native}, whose contents cannot be read`, ADVICE.contents);
  refusePrivateFields(value, links, name);
  return { ...NO_PARTS, head: name, ...ownParts(value) };
}

/** What is still going to give its contents, by its methods. */
function refuseActive(value: object, name: string): void {
  const has = (key: string | symbol) => typeof Reflect.get(value, key) === 'function';
  if (has('then')) throw new Unsuitable(`a promise (${name})`, ADVICE.await);
  if (has('next') && (has(Symbol.iterator) || has(Symbol.asyncIterator)))
    throw new Unsuitable('an iterator', ADVICE.contents);
  if (has('pipe') && has('on')) throw new Unsuitable(`a stream (${name})`, ADVICE.contents);
}

function withInherited(shape: Shape, { inherited }: ValueClass): Shape {
  if (inherited === null) return shape;
  return {
    ...shape,
    labels: [...shape.labels, '[[Prototype]]'],
    values: [...shape.values, inherited],
  };
}

function article(name: string): string {
  return /^[AEIOU]/.test(name) ? 'an' : 'a';
}
