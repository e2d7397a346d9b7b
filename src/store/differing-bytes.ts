import { counted } from '../base/counted.ts';
import type { ValueRecord, ValueRecords } from './value-records.ts';

interface Sides<Value> {
  readonly before: Value;
  readonly after: Value;
}

const BLOCK_BYTES = 1 << 20;
/** Of buffers without a kind of element. */
const SHOWN_BYTES = 16;

const ELEMENTS: Readonly<Record<string, (bytes: Buffer) => number | bigint>> = {
  Int8Array: (bytes) => bytes.readInt8(),
  Uint8Array: (bytes) => bytes.readUInt8(),
  Uint8ClampedArray: (bytes) => bytes.readUInt8(),
  Int16Array: (bytes) => bytes.readInt16LE(),
  Uint16Array: (bytes) => bytes.readUInt16LE(),
  Int32Array: (bytes) => bytes.readInt32LE(),
  Uint32Array: (bytes) => bytes.readUInt32LE(),
  Float32Array: (bytes) => bytes.readFloatLE(),
  Float64Array: (bytes) => bytes.readDoubleLE(),
  BigInt64Array: (bytes) => bytes.readBigInt64LE(),
  BigUint64Array: (bytes) => bytes.readBigUInt64LE(),
};
const WIDTHS: Readonly<Record<string, number>> = {
  ...{ Int16Array: 2, Uint16Array: 2, Int32Array: 4, Uint32Array: 4, Float32Array: 4 },
  ...{ Float64Array: 8, BigInt64Array: 8, BigUint64Array: 8 },
};

/** The first element, or the first bytes, in which two objects of one class differ. */
export async function differingBytes(
  files: Sides<ValueRecords>,
  names: Sides<string>,
  records: Sides<ValueRecord>,
): Promise<Sides<string> & { readonly label: string }> {
  const sizes = { before: sizeOf(records.before), after: sizeOf(records.after) };
  if (sizes.before !== sizes.after)
    return { label: '', before: counted(sizes.before, 'byte'), after: counted(sizes.after, 'byte') };
  const at = await firstDifferingByte(files, names);
  if (at === null) return { label: '', before: hashOf(records.before), after: hashOf(records.after) };
  const kind = records.before.head.split(/ extends | /).find((name) => ELEMENTS[name] !== undefined);
  if (kind === undefined) {
    const shown = async (file: ValueRecords, name: string) =>
      `${(await file.bytes(name, at, SHOWN_BYTES)).toString('hex')} from byte ${at} on`;
    const [before, after] = [await shown(files.before, names.before), await shown(files.after, names.after)];
    return { label: '', before, after };
  }
  const width = WIDTHS[kind] ?? 1;
  const index = Math.floor(at / width);
  const shown = async (file: ValueRecords, name: string) =>
    elementText(ELEMENTS[kind]?.(await file.bytes(name, index * width, width)) ?? 0);
  const [before, after] = [await shown(files.before, names.before), await shown(files.after, names.after)];
  return { label: `[${index}]`, before, after };
}

async function firstDifferingByte(files: Sides<ValueRecords>, names: Sides<string>): Promise<number | null> {
  for (let at = 0; ; at += BLOCK_BYTES) {
    const before = await files.before.bytes(names.before, at, BLOCK_BYTES);
    const after = await files.after.bytes(names.after, at, BLOCK_BYTES);
    if (before.length === 0 || after.length === 0) return null;
    if (!before.equals(after)) return at + before.findIndex((byte, index) => byte !== after[index]);
  }
}

function sizeOf({ content }: ValueRecord): number {
  return Number(content.split('\t')[0]);
}

/** What is all that may be seen of a key, or is left of a stream. */
function hashOf({ content }: ValueRecord): string {
  return `bytes with the sha256 ${(content.split('\t')[1] ?? '').slice(0, 12)}…`;
}

function elementText(element: number | bigint): string {
  if (typeof element === 'bigint') return `${element}n`;
  return Object.is(element, -0) ? '-0' : String(element);
}
