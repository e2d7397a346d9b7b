import { isArray, isArrayBuffer, typedArrayKind } from './captured.ts';

/** What `run` resolved to: chunks still to be taken, or a value that is complete. */
type Output =
  | { readonly kind: 'chunks'; readonly chunks: AsyncIterable<unknown> | Iterable<unknown> }
  | { readonly kind: 'value'; readonly value: unknown };

/** Takes the parts of an output; the same part may not be used again once it returned. */
export type Sink = (bytes: Uint8Array) => void | Promise<void>;

/**
 * Takes chunks until they end: an iterable that is lazy does its work here, so this belongs to the measured time.
 *
 * @throws TypeError when a chunk is not bytes
 */
export async function drain(raw: unknown, sink: Sink): Promise<unknown> {
  const output = classify(raw);
  if (output.kind === 'value') return output.value;
  for await (const chunk of output.chunks) {
    const bytes = asBytes(chunk);
    if (bytes === null)
      throw new TypeError(`the output yielded a ${typeof chunk}; its chunks must be bytes (Uint8Array)`);
    await sink(bytes);
  }
  return undefined;
}

/** The value, or all chunks joined; for jobs whose output fits the memory. */
export async function wholeOf(raw: unknown): Promise<unknown> {
  if (!isDrained(raw)) return raw;
  const parts: Uint8Array[] = [];
  // The same buffer may be used for the next chunk.
  await drain(raw, (bytes) => void parts.push(bytes.slice()));
  return Buffer.concat(parts);
}

export function isDrained(raw: unknown): boolean {
  return classify(raw).kind === 'chunks';
}

/**
 * A complete value as a file holds it: bytes as they are, text as UTF-8, anything else as JSON.
 *
 * @throws TypeError for what JSON cannot hold
 */
export function* fileBytes(value: unknown): Generator<Uint8Array> {
  const bytes = asBytes(value);
  if (bytes !== null) yield bytes;
  else if (typeof value === 'string') yield Buffer.from(value);
  else {
    const json = JSON.stringify(value);
    if (json === undefined) throw new TypeError(`the output is ${typeof value}, which a file cannot hold`);
    yield Buffer.from(`${json}\n`);
  }
}

function classify(raw: unknown): Output {
  if (typeof raw !== 'object' || raw === null || asBytes(raw) !== null) return { kind: 'value', value: raw };
  if (isAsyncIterable(raw) || isIterator(raw)) return { kind: 'chunks', chunks: raw };
  if (isArray(raw) && raw.length > 0 && holdsBytesOnly(raw)) {
    return { kind: 'chunks', chunks: raw };
  }
  return { kind: 'value', value: raw };
}

function holdsBytesOnly(items: readonly unknown[]): boolean {
  for (let index = 0; index < items.length; index += 1) if (asBytes(items[index]) === null) return false;
  return true;
}

function isAsyncIterable(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}

/** A generator, and not a collection such as a Map, which is a value. */
function isIterator(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && 'next' in value && typeof value.next === 'function';
}

/** Not Node's own check, whose calls would be counted as the job's: it runs for each chunk. */
function isUint8Array(value: unknown): value is Uint8Array {
  return typedArrayKind(value) === 'Uint8Array';
}

/** Bytes, of whichever realm; null for everything else. */
export function asBytes(value: unknown): Uint8Array | null {
  if (isUint8Array(value)) return value;
  return isArrayBuffer(value) ? new Uint8Array(value) : null;
}
