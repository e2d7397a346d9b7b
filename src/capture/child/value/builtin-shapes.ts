import { KeyObject, type webcrypto, X509Certificate } from 'node:crypto';
import * as types from 'node:util/types';
import { bytesOf, contentOf, floatContentOf } from './byte-content.ts';
import type { ValueClass } from './class-of.ts';
import { refusePrivateFields } from './private-fields.ts';
import { NO_PARTS, otherKeys, ownParts, type Shape } from './shape-parts.ts';
import { ADVICE, Unsuitable } from './uninspectable.ts';

type Found = Partial<Omit<Shape, 'head'>> & {
  /** What is no part of its own, as text. */
  readonly detail?: string;
};
/** Reads what is in no property of an instance; null for an instance of another class of that name. */
type Reader = (value: object) => Found | null;

/** Takes apart what the language or Node defines; null for everything else. */
export function builtinShape(value: object, { links, name }: ValueClass): Shape | null {
  for (const [index, link] of links.entries()) {
    const found = READERS[link.name]?.(value) ?? null;
    if (found === null) continue;
    refusePrivateFields(value, links.slice(0, index), name);
    const { detail, ...parts } = found;
    const own = parts.labels === undefined ? ownParts(value) : {};
    return { ...NO_PARTS, ...own, ...parts, head: detail === undefined ? name : `${name} ${detail}` };
  }
  return null;
}

// A subclass may iterate in another way.
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;

/** For classes whose instances have properties that are no contents, such as a handle. */
const NOTHING_ELSE = { labels: [], values: [] } as const;

function only(isOne: (value: unknown) => boolean, read: (value: never) => Found): Reader {
  return (value) => (isOne(value) ? read(value as never) : null);
}

const isFloats = (value: unknown) =>
  types.isFloat32Array(value) ||
  types.isFloat64Array(value) ||
  (ArrayBuffer.isView(value) && /^Float16/.test(tagOf(value)));

const boxed = only(types.isBoxedPrimitive, (value: { valueOf(): unknown }) => {
  const inside = value.valueOf();
  const length = typeof inside === 'string' ? inside.length : 0;
  return { items: [inside], ...ownParts(value, Object.keys(value).slice(length)) };
});

const buffer = only(types.isAnyArrayBuffer, (value: ArrayBuffer) => {
  if (value.detached)
    throw new Unsuitable(
      'an ArrayBuffer that was transferred, so that nothing is left in it',
      ADVICE.contents,
    );
  return { content: contentOf(new Uint8Array(value)) };
});

const entries: Reader = (value) => {
  const { entries: read } = value as { entries?: () => Iterable<unknown[]> };
  return isTagged(value) && typeof read === 'function'
    ? { items: [...read.call(value)].flat(1), ...NOTHING_ELSE }
    : null;
};

const body = only(isTagged, () => {
  throw new Unsuitable(
    'a Request or Response, whose body can be read only once',
    'Return its body instead: `await response.bytes()`',
  );
});

const stream = only(isTagged, () => {
  throw new Unsuitable(
    'a stream',
    'Return it as the whole output, which is read to its end, or return its contents',
  );
});

const temporal = only(
  (value) => tagOf(value).startsWith('Temporal.'),
  (value: object) => ({ detail: String(value) }),
);

/** Of Node's own classes; its bytes can only be read asynchronously. */
const blob = only(
  (value) => value instanceof Blob,
  (value: Blob) => ({
    detail: JSON.stringify([value.type, ...(value instanceof File ? [value.name] : [])]),
    unread: value,
    ...NOTHING_ELSE,
  }),
);

const READERS: Readonly<Record<string, Reader>> = {
  // Without it a class called `constructor` would find what every object inherits.
  __proto__: null as never,
  Map: only(types.isMap, (value: Map<unknown, unknown>) => ({
    items: [...mapEntries.call(value)].flat(1),
    order: 'map',
  })),
  Set: only(types.isSet, (value: Set<unknown>) => ({ items: [...setValues.call(value)], order: 'set' })),
  Date: only(types.isDate, (value: Date) => ({ detail: String(value.getTime()) })),
  RegExp: only(types.isRegExp, ({ source, flags, lastIndex }: RegExp) => ({
    detail: JSON.stringify([source, flags, lastIndex]),
  })),
  Error: only((value) => types.isNativeError(value), errorParts),
  DOMException: only((value) => tagOf(value) === 'DOMException', errorParts),
  ...{ Number: boxed, String: boxed, Boolean: boxed, BigInt: boxed, Symbol: boxed },
  ...{ ArrayBuffer: buffer, SharedArrayBuffer: buffer },
  DataView: only(types.isDataView, (value: DataView) => ({ content: contentOf(bytesOf(value)) })),
  TypedArray: only(types.isTypedArray, (value: NodeJS.TypedArray) => ({
    content: isFloats(value) ? floatContentOf(value as Float64Array) : contentOf(bytesOf(value)),
    detail: String(value.length),
    ...ownParts(value, otherKeys(value)),
  })),
  URL: only(
    (value) => value instanceof URL,
    ({ href }: URL) => ({ detail: JSON.stringify(href), ...NOTHING_ELSE }),
  ),
  ...{ URLSearchParams: entries, Headers: entries, FormData: entries },
  ...{ Blob: blob, File: blob },
  ...{ Request: body, Response: body },
  ...{ ReadableStream: stream, WritableStream: stream, TransformStream: stream },
  KeyObject: only(types.isKeyObject, keyParts),
  CryptoKey: only(types.isCryptoKey, (value: webcrypto.CryptoKey) => {
    if (!value.extractable) throw new Unsuitable('a CryptoKey that is not extractable', ADVICE.omit);
    const { algorithm, usages } = value;
    return { ...keyParts(KeyObject.from(value)), items: [algorithm, usages] };
  }),
  X509Certificate: only(
    (value) => value instanceof X509Certificate,
    ({ raw }: X509Certificate) => ({
      content: contentOf(raw),
      ...NOTHING_ELSE,
    }),
  ),
  ...{
    Instant: temporal,
    Duration: temporal,
    ZonedDateTime: temporal,
    PlainDate: temporal,
    PlainTime: temporal,
  },
  ...{ PlainDateTime: temporal, PlainYearMonth: temporal, PlainMonthDay: temporal },
};

/** Properties of errors that are contents, though they are not enumerable. */
const HIDDEN = ['cause', 'errors', 'error', 'suppressed'];

/** Where it was thrown is no part of what it says. */
function errorParts(value: object): Found {
  const hidden = HIDDEN.filter((key) => Object.hasOwn(value, key));
  const shown = Object.keys(value).filter((key) => key !== 'stack');
  return ownParts(value, [...new Set(['name', 'message', ...hidden, ...shown])]);
}

function keyParts(key: KeyObject): Found {
  const bytes =
    key.type === 'secret'
      ? key.export()
      : key.export({ format: 'der', type: key.type === 'public' ? 'spki' : 'pkcs8' });
  // Only its hash: a key is not for people to see.
  return { detail: key.type, content: { ...contentOf(bytes), blocks: () => [] }, ...NOTHING_ELSE };
}

/** Whether a value says of itself that it is what its class is called. */
function isTagged(value: unknown): boolean {
  return tagOf(value) !== 'Object';
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
