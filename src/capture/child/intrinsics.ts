const { ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;

/** Those of the language, and of Node what its own code takes from there. Reading others loads much of Node. */
const GLOBALS = [
  ...[
    'Object',
    'Function',
    'Array',
    'String',
    'Number',
    'Boolean',
    'BigInt',
    'Symbol',
    'Date',
    'RegExp',
    'Error',
  ],
  ...['Promise', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Proxy', 'ArrayBuffer', 'SharedArrayBuffer'],
  ...['DataView', 'Uint8Array', 'Float32Array', 'Float64Array', 'JSON', 'Math', 'Reflect', 'Atomics'],
  ...['TypeError', 'RangeError', 'SyntaxError', 'Buffer', 'queueMicrotask', 'setTimeout', 'setImmediate'],
];
const NAMESPACES = new Set(['JSON', 'Math', 'Reflect', 'Atomics']);

/** Each with the keys that are looked at; null: all. */
function intrinsicObjects(): { readonly of: object; readonly keys: readonly string[] | null }[] {
  const iterators = [
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ''[Symbol.iterator](),
  ].map((iterator) => Object.getPrototypeOf(iterator));
  const typedArray = Object.getPrototypeOf(Uint8Array);
  const named = GLOBALS.flatMap((name): object[] => {
    const made = Reflect.get(globalThis, name);
    if (NAMESPACES.has(name)) return [made];
    return typeof made.prototype === 'object' ? [made, made.prototype] : [made];
  });
  const generators = [
    Object.getPrototypeOf(function* () {}).prototype,
    Object.getPrototypeOf(async function* () {}).prototype,
  ];
  const all = [...named, ...iterators, ...generators, typedArray, typedArray.prototype, Function.prototype];
  return [{ of: globalThis, keys: GLOBALS }, ...all.map((of) => ({ of, keys: null }))];
}

interface Property {
  readonly of: object;
  readonly key: PropertyKey;
  readonly original: PropertyDescriptor;
}

/**
 * The language as it was when this was made. Code that reads a job's values, and that Node runs for it, is far too much to
 * be written without what a job may have replaced: it gets the originals back for as long as it takes.
 */
export class Intrinsics {
  readonly #properties: readonly Property[];

  constructor() {
    const properties: Property[] = [];
    for (const { of, keys } of intrinsicObjects()) {
      for (const key of keys ?? ownKeys(of)) {
        const original = getOwnPropertyDescriptor(of, key);
        if (original !== undefined) properties.push({ of, key, original });
      }
    }
    this.#properties = properties;
  }

  /** Puts back what was replaced, and replaces it again at the end. */
  async during<Value>(work: () => Promise<Value>): Promise<Value> {
    const replaced = this.#putBack();
    try {
      return await work();
    } finally {
      for (let index = 0; index < replaced.length; index += 1) {
        const { of, key, original } = replaced[index] as Property;
        defineProperty(of, key, original);
      }
    }
  }

  /** @returns what stood there instead */
  #putBack(): Property[] {
    const replaced: Property[] = [];
    for (let index = 0; index < this.#properties.length; index += 1) {
      const { of, key, original } = this.#properties[index] as Property;
      const now = getOwnPropertyDescriptor(of, key);
      if (now !== undefined && isSame(now, original)) continue;
      if (!defineProperty(of, key, original) || now === undefined) continue;
      replaced[replaced.length] = { of, key, original: now };
    }
    return replaced;
  }
}

function isSame(now: PropertyDescriptor, original: PropertyDescriptor): boolean {
  return now.value === original.value && now.get === original.get && now.set === original.set;
}
