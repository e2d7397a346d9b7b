import { newHash } from '../captured-hash.ts';
import { blobContent } from './byte-content.ts';
import { Walk } from './walk.ts';

/** So that no bytes hash like a value. The number goes up when equal values get another hash than before. */
const HEADER = 'outpace value 2\n';
const INLINE_CHARS = 64;

export interface ValueHash {
  readonly sha256: string;
  /** Of the texts and bytes that were hashed, each object once. */
  readonly sizeBytes: number;
}

/**
 * A hash that is the same for two values exactly if their contents are.
 *
 * Properties, members of sets and keys of maps have no order. Whether equal parts are one object or several makes no
 * difference, except among objects that refer to each other in circles.
 *
 * @throws Uninspectable
 */
export async function hashValue(value: unknown): Promise<ValueHash> {
  const walk = new Walk({ inlineChars: INLINE_CHARS });
  const steps = walk.name(value);
  let step = steps.next();
  // The walk asks for what can only be read asynchronously.
  while (step.done !== true) step = steps.next(await blobContent(step.value));
  const name = step.value;
  const sha256 = newHash('sha256').update(HEADER).update(name).digest('hex');
  return { sha256, sizeBytes: walk.sizeBytes + name.length };
}
