import type { Session } from 'node:inspector';
import * as types from 'node:util/types';
import type { ClassLink } from './class-of.ts';
import { ADVICE, Unsuitable } from './uninspectable.ts';

const HELD = Symbol.for('outpace: the value that is looked at');
/** So many instances without a private field show that what looks like a private name in the source is none. */
const CLEARED_AFTER = 8;

const clearedInstances = new WeakMap<object, number>();
let session: Session | null = null;

/** @throws Unsuitable for a value with private fields */
export function refusePrivateFields(value: object, links: readonly ClassLink[], name: string): void {
  if (!hasPrivateFields(value, links)) return;
  const article = /^[AEIOU]/.test(name) ? 'an' : 'a';
  throw new Unsuitable(`${article} ${name} with private fields, which cannot be read`, ADVICE.contents);
}

/** Whether a value has private fields (`#name`), which only the inspector sees; private methods hold nothing. */
function hasPrivateFields(value: object, links: readonly ClassLink[]): boolean {
  if (!links.some(({ mayHavePrivateFields }) => mayHavePrivateFields)) return false;
  // What is behind a Proxy cannot be seen, and its class has private names.
  if (types.isProxy(value)) return true;
  const prototype: object = Object.getPrototypeOf(value);
  const cleared = clearedInstances.get(prototype) ?? 0;
  if (cleared >= CLEARED_AFTER) return false;
  const found = privateFields(value);
  clearedInstances.set(prototype, found ? 0 : cleared + 1);
  return found;
}

interface PrivateProperty {
  readonly value?: { readonly type: string };
}

/** A session within the thread answers before `post` returns. */
function privateFields(value: object): boolean {
  session ??= connected();
  let properties: readonly PrivateProperty[] = [];
  const group = { objectGroup: 'outpace' };
  const expression = `globalThis[Symbol.for(${JSON.stringify(Symbol.keyFor(HELD))})]`;
  Reflect.defineProperty(globalThis, HELD, { value, configurable: true });
  session.post('Runtime.evaluate', { expression, ...group }, (_, evaluated) => {
    const { objectId } = evaluated?.result ?? {};
    if (objectId === undefined) return;
    session?.post('Runtime.getProperties', { objectId, ownProperties: true }, (_error, found) => {
      // Of the protocol, though not of Node's types.
      properties = Reflect.get(found ?? {}, 'privateProperties') ?? [];
    });
  });
  session.post('Runtime.releaseObjectGroup', group);
  Reflect.deleteProperty(globalThis, HELD);
  return properties.some(
    (property) => property.value?.type !== undefined && property.value.type !== 'function',
  );
}

/** Loaded only where a class may have private fields: most outputs have none. */
function connected(): Session {
  const made = new (process.getBuiltinModule('node:inspector').Session)();
  made.connect();
  return made;
}
