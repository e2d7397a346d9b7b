import * as types from 'node:util/types';

/** One step of a prototype chain. */
export interface ClassLink {
  readonly name: string;
  /** Made by the engine or in C++: what its instances hold need not be in properties. */
  readonly native: boolean;
  /** Whether its source has something that looks like a private name. */
  readonly mayHavePrivateFields: boolean;
}

/** What a value is an instance of: all that its prototype says about it in any process. */
export interface ValueClass {
  /** From the nearest to the farthest, without `Object`. */
  readonly links: readonly ClassLink[];
  /** The names of the links: `Point extends Shape`, `Object`, `null`. */
  readonly name: string;
  /** What prototypes that belong to no class hold besides functions; null without any such prototype. */
  readonly inherited: Record<string, unknown> | null;
}

const sourceOf = Function.prototype.toString;
const NATIVE = /\[native code\]\s*\}$/;
const PRIVATE_NAME = /#[\p{ID_Start}$_\\]/u;

const known = new WeakMap<object, ValueClass>();
const NO_CLASS: ValueClass = { links: [], name: 'null', inherited: null };

export function classOf(value: object): ValueClass {
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === null) return NO_CLASS;
  const found = known.get(prototype);
  if (found !== undefined) return found;
  const made = chainFrom(prototype);
  // What a prototype of no class holds may change.
  if (made.inherited === null) known.set(prototype, made);
  return made;
}

function chainFrom(prototype: object): ValueClass {
  const links: ClassLink[] = [];
  const inherited: Record<string, unknown>[] = [];
  let endsInObject = false;
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const made: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof made !== 'function') {
      const methods = Object.values(Object.getOwnPropertyDescriptors(at)).map(({ value }) => value);
      if (methods.some((method) => typeof method === 'function' && isNative(method)))
        links.push({ name: tagOf(at), native: true, mayHavePrivateFields: false });
      else inherited.push(dataOf(at));
      continue;
    }
    const link = linkOf(made);
    endsInObject = link.native && link.name === 'Object' && Object.getPrototypeOf(at) === null;
    if (!endsInObject) links.push(link);
  }
  const names = links.map(({ name }) => name);
  const end = endsInObject ? (links.length === 0 ? ['Object'] : []) : ['null'];
  return {
    links,
    inherited: inherited.length === 0 ? null : Object.assign({}, ...inherited.toReversed()),
    name: [...names, ...end].join(' extends '),
  };
}

function linkOf(made: object): ClassLink {
  const name: unknown = Object.getOwnPropertyDescriptor(made, 'name')?.value;
  const native = isNative(made);
  return {
    name: typeof name === 'string' && name !== '' ? plainName(name) : '(anonymous class)',
    native,
    mayHavePrivateFields: !native && PRIVATE_NAME.test(sourceOf.call(made)),
  };
}

/** The source of a Proxy around a class reads as native, though it is not. */
function isNative(method: object): boolean {
  return !types.isProxy(method) && NATIVE.test(sourceOf.call(method));
}

function tagOf(prototype: object): string {
  return plainName(Object.prototype.toString.call(prototype).slice('[object '.length, -1));
}

function plainName(name: string): string {
  return /^[\w$]+$/.test(name) ? name : JSON.stringify(name);
}

function dataOf(prototype: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(prototype).filter(([, value]) => typeof value !== 'function'));
}
