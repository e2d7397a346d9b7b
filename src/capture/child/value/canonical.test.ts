import { createHash, createSecretKey, generateKeyPairSync } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashValue } from './canonical.ts';

async function areEqual(before: unknown, after: unknown): Promise<boolean> {
  return (await hashValue(before)).sha256 === (await hashValue(after)).sha256;
}

const KEY = Symbol('a key');
class Point {
  x: number;
  constructor(x: number) {
    this.x = x;
  }
}
const OtherPoint = { Point: class Point extends Array {} }.Point;
const PointAgain = { Point: class Point {} }.Point;
const PointOfMap = { Point: class Point extends PointAgain {} }.Point;
const withProperties = <Value extends object>(value: Value, properties: object): Value =>
  Object.assign(value, properties);
const form = (...entries: [string, string | Blob][]): FormData => {
  const made = new FormData();
  for (const [name, value] of entries) made.append(name, value);
  return made;
};
const regExpAt = (lastIndex: number) => withProperties(/a/g, { lastIndex });
const view = (bytes: number[], from = 0) => new DataView(Uint8Array.from(bytes).buffer, from);
const [loop, longerLoop] = [{ next: {} }, { next: { next: {} } }];
loop.next = loop;
longerLoop.next.next = longerLoop;
const keys = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')] as const;

describe('different contents are different', () => {
  test.each<[string, unknown, unknown]>([
    ['ArrayBuffer', new Uint8Array(3).buffer, new Uint8Array(999).buffer],
    ['ArrayBuffer, one byte', { a: Uint8Array.of(1).buffer }, { a: Uint8Array.of(2).buffer }],
    ['SharedArrayBuffer', [new SharedArrayBuffer(1)], [new SharedArrayBuffer(2)]],
    ['shared or not', [new SharedArrayBuffer(1)], [new ArrayBuffer(1)]],
    ['DataView', view([1, 2]), view([1, 3])],
    ['kinds of elements', [Uint8Array.of(1)], [Int8Array.of(1)]],
    ['Buffer within a value', [Buffer.of(1)], [Uint8Array.of(1)]],
    ['elements', Float64Array.of(0), Float64Array.of(-0)],
    ['a property of a typed array', Int8Array.of(1), withProperties(Int8Array.of(1), { a: 1 })],
    ['URL', new URL('http://a/?b'), new URL('http://a/?c')],
    ['URLSearchParams', new URLSearchParams('a=1'), new URLSearchParams('a=2')],
    ['Headers', new Headers({ a: '1' }), new Headers({ a: '2' })],
    ['FormData', form(['a', '1']), form(['a', '2'])],
    ['a file in FormData', form(['a', new Blob(['1'])]), form(['a', new Blob(['2'])])],
    ['Blob', new Blob(['ab']), new Blob(['ac'])],
    ['type of a Blob', new Blob(['a']), new Blob(['a'], { type: 'text/plain' })],
    ['name of a File', new File(['a'], 'b'), new File(['a'], 'c')],
    ['message', new Error('a'), new Error('b')],
    ['class of an error', new Error('a'), new TypeError('a')],
    ['cause', new Error('a', { cause: 1 }), new Error('a', { cause: 2 })],
    ['a cause that is undefined', new Error('a', { cause: undefined }), new Error('a')],
    ['code', withProperties(new Error('a'), { code: 'A' }), withProperties(new Error('a'), { code: 'B' })],
    ['errors', new AggregateError([1]), new AggregateError([2])],
    ['DOMException', new DOMException('a', 'AbortError'), new DOMException('a', 'DataError')],
    ['Map, values', new Map([[1, 2]]), new Map([[1, 3]])],
    ['Map, keys', new Map([[{ a: 1 }, 2]]), new Map([[{ a: 2 }, 2]])],
    ['key and value', new Map([[1, 2]]), new Map([[2, 1]])],
    ['Set', new Set([1]), new Set(['1'])],
    ['Set of objects', new Set([{ a: 1 }]), new Set([{ a: 2 }])],
    ['Set and array', new Set([1]), [1]],
    ['another realm', runInNewContext('new Map([[1, 2]])'), runInNewContext('new Map([[1, 3]])')],
    ['a property of a Map', new Map(), withProperties(new Map(), { a: 1 })],
    ['Date', new Date(1), new Date(2)],
    ['invalid Date', new Date(Number.NaN), new Date(0)],
    ['flags', /a/g, /a/i],
    ['source', /a/, /b/],
    ['lastIndex', regExpAt(0), regExpAt(1)],
    ['boxed Number', Object(1), Object(2)],
    ['boxed or not', [Object(1)], [1]],
    ['boxed BigInt', Object(1n), Object(2n)],
    ['boxed String', Object('a'), Object('b')],
    ['boxed Symbol', Object(Symbol.for('a')), Object(Symbol.for('b'))],
    ['symbol keys', { [KEY]: 1 }, { [KEY]: 2 }],
    ['registered keys', { [Symbol.for('a')]: 1 }, { [Symbol.for('b')]: 1 }],
    ['symbols', [Symbol.for('a')], [Symbol.for('b')]],
    ['well-known symbols', [Symbol.iterator], [Symbol.asyncIterator]],
    ['a registered symbol of that name', [Symbol.for('Symbol.iterator')], [Symbol.iterator]],
    ['a property of an array', [1], withProperties([1], { a: 1 })],
    ['a symbol on an array', [1], withProperties([1], { [KEY]: 1 })],
    ['a hole', new Array(1), [undefined]],
    ['more holes', new Array(1), new Array(2)],
    ['undefined and missing', { a: undefined }, {}],
    ['undefined and null', { a: undefined }, { a: null }],
    ['class', new Point(1), { x: 1 }],
    ['class of the same name', new Point(1), withProperties(new OtherPoint(), { x: 1 })],
    ['superclass', new PointAgain(), new PointOfMap()],
    ['no prototype', Object.create(null), {}],
    ['what a prototype holds', Object.create({ a: 1 }), Object.create({ a: 2 })],
    ['arguments', runInNewContext('(function () { return arguments; })(1)'), [1]],
    ['secret', createSecretKey(Buffer.of(1)), createSecretKey(Buffer.of(2))],
    ['public key', keys[0].publicKey, keys[1].publicKey],
    ['private key', keys[0].privateKey, keys[1].privateKey],
    ['number and text', 42, '42'],
    ['number and bigint', 42, 42n],
    ['zeros', [0], [-0]],
    ['NaN', [Number.NaN], [null]],
    ['half a surrogate pair', '\ud800', '\ud801'],
    ['half a pair and its replacement', '\ud800', '\ufffd'],
    ['a half and its escape', '\ud800', '\\ud800'],
    ['halves in a long text', `${'a'.repeat(999)}\ud800`, `${'a'.repeat(999)}\udc00`],
    ['nesting', [[1], 2], [[1, 2]]],
    ['quotes', ['a","b'], ['a', 'b']],
    ['a key like a path', { 'a.b': 1 }, { a: { b: 1 } }],
    ['a key like an index', { '[0]': 1 }, [1]],
    ['loops', loop, longerLoop],
  ])('%s', async (_, before, after) => {
    expect(await areEqual(before, after)).toBe(false);
    expect(await areEqual({ deep: [before] }, { deep: [after] })).toBe(false);
    expect(await areEqual(before, before)).toBe(true);
  });
});

describe('equal contents are equal', () => {
  const shared = { a: [1, 2, 3], text: 'a text that makes it longer than what is written in place' };
  test.each<[string, () => unknown, unknown]>([
    ['order of keys', () => ({ a: 1, b: 2 }), { b: 2, a: 1 }],
    ['order of a Set', () => new Set(['a', 'b']), new Set(['b', 'a'])],
    [
      'order of a Map',
      () =>
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
    ],
    ['sharing', () => [shared, shared], [structuredClone(shared), structuredClone(shared)]],
    [
      'realms',
      () => runInNewContext('({ a: [new Map([[1, new Set([2])]]), new Date(1), new Error("b")] })'),
      { a: [new Map([[1, new Set([2])]]), new Date(1), new Error('b')] },
    ],
    ['views into buffers', () => view([9, 1, 2], 1), view([1, 2])],
    [
      'where an error was thrown',
      () => new Error('a'),
      withProperties(new Error('a'), { stack: 'elsewhere' }),
    ],
    [
      'a class of the same name',
      () => new Point(1),
      new {
        Point: class Point {
          x = 1;
        },
      }.Point(),
    ],
    [
      'private methods hold nothing',
      () =>
        new ({
          A: class A {
            #b() {}
            x = '#ff0000';
            c() {
              this.#b();
            }
          },
        }).A(),
      new {
        A: class A {
          x = '#ff0000';
        },
      }.A(),
    ],
    [
      'bit patterns of NaN',
      () => new Float64Array(BigUint64Array.of(0xfff8000000000001n).buffer),
      Float64Array.of(Number.NaN),
    ],
    ['Proxy', () => new Proxy({ a: 1 }, {}), { a: 1 }],
    [
      'getters',
      () => ({
        get a() {
          return 1;
        },
      }),
      { a: 1 },
    ],
    ['Blob in pieces', () => new Blob(['a', 'b']), new Blob(['ab'])],
  ])('%s', async (_, make, other) => {
    expect(await areEqual(make(), other)).toBe(true);
    expect(await areEqual([make()], [other])).toBe(true);
  });

  test('bytes never hash like a value', async () => {
    const bytes = createHash('sha256').update('42').digest('hex');
    expect((await hashValue(42)).sha256).not.toBe(bytes);
  });
});

describe('what cannot be inspected is rejected with its path', () => {
  class Secret {
    #hidden = 1;
    read = () => this.#hidden;
  }
  class Hidden {
    #hidden = 1;
    static read = (it: Hidden) => it.#hidden;
  }
  test.each<[string, unknown, string]>([
    ['a function', { items: [0, { callback: () => 1 }] }, '$.items[1].callback is a function'],
    ['a class', { 'a b': Point }, '$["a b"] is a function'],
    ['a promise', [Promise.resolve(1)], '$[0] is a promise (Promise). Await it'],
    [
      'a thenable',
      {
        a: new (class Query {
          // biome-ignore lint/suspicious/noThenProperty: having one is what makes it a promise
          then() {}
        })(),
      },
      '$.a is a promise (Query). Await it',
    ],
    [
      'a unique symbol',
      new Map([['k', Symbol('b')]]),
      '$.get("k") is a symbol that equals nothing in another process (Symbol(b))',
    ],
    ['WeakMap', { a: new WeakMap() }, '$.a is a WeakMap, whose contents cannot be read'],
    ['WeakRef', { a: new WeakRef({}) }, '$.a is a WeakRef'],
    ['a generator', new Set([(function* () {})()]), '$.values()[0] is an iterator'],
    ['an iterator', { a: [1].values() }, '$.a is an iterator'],
    ['private fields', { a: new Hidden() }, '$.a is a Hidden with private fields'],
    [
      'private fields below a Map',
      {
        a: new (class Cache extends Map {
          #b = 1;
          read() {
            return this.#b;
          }
        })(),
      },
      '$.a is a Cache extends Map with private fields',
    ],
    ['private fields of Node', { a: new AbortController() }, '$.a is an AbortController with private fields'],
    ['private fields and functions', new Secret(), '$ is a Secret with private fields'],
    ['Response', { a: new Response('b') }, '$.a is a Request or Response, whose body can be read only once'],
    ['a stream', { a: new ReadableStream() }, '$.a is a stream'],
    ['a Map behind a Proxy', new Proxy(new Map(), {}), '$ is a Map, whose contents cannot be read'],
    ['Intl', { a: new Intl.NumberFormat() }, '$.a is a NumberFormat, whose contents cannot be read'],
    ['a port', { a: new MessageChannel().port1 }, '$.a is a MessagePort'],
    [
      'a getter that throws',
      {
        get a() {
          throw new Error('not now');
        },
      },
      'that cannot be read (not now)',
    ],
  ])('%s', async (_, value, message) => {
    await expect(hashValue(value)).rejects.toThrow(message);
  });

  test('with advice', async () => {
    await expect(hashValue([() => 1])).rejects.toThrow('`equal(before, after)` in the config');
  });
});

describe('size and shape', () => {
  const chain = (depth: number, end: unknown) => {
    let value = end;
    for (let index = 0; index < depth; index += 1) value = { value: index, next: value };
    return value;
  };

  test('a million levels', async () => {
    const { sha256 } = await hashValue(chain(1e6, 1));
    expect((await hashValue(chain(1e6, 1))).sha256).toBe(sha256);
    expect((await hashValue(chain(1e6, 2))).sha256).not.toBe(sha256);
  });

  test('2^1000 paths', async () => {
    const graph = (end: unknown) => {
      let value = end;
      for (let index = 0; index < 1000; index += 1) value = { a: value, b: value };
      return value;
    };
    expect(await areEqual(graph(1), graph(1))).toBe(true);
    expect(await areEqual(graph(1), graph(2))).toBe(false);
  });

  test('long lists and sparse ones', async () => {
    const long = Array.from({ length: 5000 }, (_, index) => index);
    expect(await areEqual(long, withProperties([...long], { a: 1 }))).toBe(false);
    expect(await areEqual(new Float64Array(5000), withProperties(new Float64Array(5000), { a: 1 }))).toBe(
      false,
    );
    const sparse = (index: number) => {
      const list: number[] = [];
      list[index] = 1;
      list.length = 4e9;
      return list;
    };
    expect(await areEqual(sparse(3e9), sparse(3e9))).toBe(true);
    expect(await areEqual(sparse(3e9), sparse(2e9))).toBe(false);
  });

  test('lists linked both ways', async () => {
    const list = (values: readonly number[], first: number) => {
      const nodes = values.map((value) => ({ value, next: {}, before: {} }));
      for (const [index, node] of nodes.entries()) {
        node.next = nodes[index + 1] ?? {};
        node.before = nodes[index - 1] ?? {};
      }
      return nodes[first];
    };
    expect(await areEqual(list([1, 2, 3], 0), list([1, 2, 3], 0))).toBe(true);
    expect(await areEqual(list([1, 2, 3], 0), list([1, 2, 3], 1))).toBe(false);
    expect(await areEqual(list([1, 2, 3], 0), list([1, 2, 4], 0))).toBe(false);
    expect(await areEqual(list([1, 1, 1, 1], 0), list([1, 1, 1, 1, 1], 0))).toBe(false);
  });

  test('members of a cycle in a Set, in any order', async () => {
    const ring = (names: readonly string[]) => {
      const nodes = names.map((name) => ({ name, peers: new Set<unknown>() }));
      for (const node of nodes) for (const peer of nodes) node.peers.add(peer);
      return new Set(nodes);
    };
    expect(await areEqual(ring(['a', 'b', 'c']), ring(['c', 'a', 'b']))).toBe(true);
    expect(await areEqual(ring(['a', 'b', 'c']), ring(['a', 'b', 'd']))).toBe(false);
  });
});

/** Values that Node's own comparison handles as documented here; where it differs, the tables above say what holds. */
const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withUnicodeString: true,
});

test('agrees with isDeepStrictEqual', async () => {
  await fc.assert(
    fc.asyncProperty(fc.clone(anything, 2), anything, async ([value, copy], other) => {
      expect(await areEqual(value, copy)).toBe(true);
      expect(await areEqual(value, other)).toBe(isDeepStrictEqual(value, other));
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test('agrees with isDeepStrictEqual where one small part differs', async () => {
  const small = fc.letrec((tie) => ({
    leaf: fc.constantFrom(0, -0, Number.NaN, 1, '1', 1n, '', null, undefined, false),
    node: fc.oneof(
      { maxDepth: 3 },
      tie('leaf'),
      fc.array(tie('node'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('node'), { maxKeys: 2 }),
      fc.array(tie('node'), { maxLength: 2 }).map((members) => new Set(members)),
      fc.array(fc.tuple(tie('node'), tie('node')), { maxLength: 2 }).map((pairs) => new Map(pairs)),
      fc.constantFrom(new Date(0), /a/, Uint8Array.of(1), Object(1), [undefined], new Array(1)),
    ),
  })).node;
  let equal = 0;
  await fc.assert(
    fc.asyncProperty(small, small, async (before, after) => {
      const expected = isDeepStrictEqual(before, after);
      if (expected) equal += 1;
      expect(await areEqual(before, after)).toBe(expected);
    }),
    { seed: 2, numRuns: 5000 },
  );
  expect(equal).toBeGreaterThan(50);
});
