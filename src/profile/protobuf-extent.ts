const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH = 2;
const FOUR_BYTES = 5;

/**
 * Where a protobuf message breaks off: the start of the first field that does not end within it, or that no message can
 * have; null if it is whole. pprof-format reads what is there and does not notice that more should be.
 */
export function brokenFieldOf(bytes: Uint8Array): number | null {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at];
      if (byte === undefined) return Number.NaN;
      at += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const start = at;
    const tag = varint();
    const type = tag % 8;
    if (type === VARINT) {
      if (Number.isNaN(varint())) return start;
    } else if (type === EIGHT_BYTES || type === FOUR_BYTES) at += type === EIGHT_BYTES ? 8 : 4;
    else if (type === LENGTH) {
      const length = varint();
      at += length;
    } else return start;
    if (!(at <= bytes.length)) return start;
  }
  return null;
}
