import { OutpaceError } from '../base/errors.ts';

export interface CopyOptions {
  /** What the value is called in an error, such as `input`; `''` for a whole config. */
  readonly path: string;
  /** What stands for a value that is not data; `undefined` where that value is an error. */
  readonly standIn?: (value: unknown, path: string) => unknown;
}

/**
 * A copy that survives JSON unchanged, so that processes and reports get exactly what was written. A key whose value is
 * `undefined` is left out.
 *
 * @throws OutpaceError MALFORMED_INPUT naming the first part that JSON cannot hold
 */
export function plainCopy(value: unknown, { path, standIn }: CopyOptions): unknown {
  try {
    return copyOf(value, path, { ancestors: new Map(), standIn });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new OutpaceError('MALFORMED_INPUT', `${path || 'the config'} is nested too deeply`, {
      cause: error,
    });
  }
}

interface Context {
  /** The objects that hold the value, with their paths. */
  readonly ancestors: Map<object, string>;
  readonly standIn: CopyOptions['standIn'];
}

function copyOf(value: unknown, path: string, context: Context): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  const standIn = context.standIn?.(value, path);
  if (standIn !== undefined) return standIn;
  if (typeof value === 'number') return exactNumber(value, path);
  if (typeof value !== 'object') return reject(path, PRIMITIVES[typeof value] ?? `is a ${typeof value}`);
  const above = context.ancestors.get(value);
  if (above !== undefined)
    return reject(path, `refers back to ${above || 'the whole config'}: JSON cannot hold a cycle`);
  context.ancestors.set(value, path);
  const copy = Array.isArray(value) ? arrayCopy(value, path, context) : objectCopy(value, path, context);
  context.ancestors.delete(value);
  return copy;
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  undefined: 'is undefined, which JSON cannot hold in an array: use null',
  function: 'is a function, which JSON cannot hold',
  symbol: 'is a symbol, which JSON cannot hold',
  bigint: 'is a BigInt, which JSON cannot hold: pass a string and convert it in setup or run',
};

function exactNumber(value: number, path: string): number {
  if (!Number.isFinite(value)) reject(path, `is ${value}, which JSON cannot hold`);
  if (Object.is(value, -0)) reject(path, 'is -0, which JSON cannot hold: use 0');
  return value;
}

function arrayCopy(value: readonly unknown[], path: string, context: Context): unknown[] {
  if (Object.keys(value).length !== value.length)
    reject(path, 'is an array with holes or extra keys, which JSON cannot hold');
  return value.map((item, index) => copyOf(item, `${path}[${index}]`, context));
}

function objectCopy(value: object, path: string, context: Context): Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  // A plain object of another realm has that realm's prototype, which has none itself.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain || Symbol.toStringTag in value)
    reject(path, `is ${kindOf(value)}, which JSON cannot hold: use plain objects, arrays and values`);
  if (Object.getOwnPropertySymbols(value).length > 0)
    reject(path, 'has a symbol as a key, which JSON cannot hold');
  return Object.fromEntries(
    Object.keys(value).flatMap((key) => {
      const item: unknown = Reflect.get(value, key);
      return item === undefined ? [] : [[key, copyOf(item, pathOf(path, key), context)]];
    }),
  );
}

function kindOf(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object'
    ? `an instance of ${name}`
    : 'not a plain object';
}

/** The path of a key below another, as JavaScript writes it. */
export function pathOf(path: string, key: string): string {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function reject(path: string, what: string): never {
  throw new OutpaceError('MALFORMED_INPUT', `${path || 'the default export'} ${what}`);
}
