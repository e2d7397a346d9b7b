/**
 * What looks into an output: hashes, the text of a value, a file. A timing process never needs it, so it is loaded only
 * where a pass does, and for the steady pass only after the first run.
 */
export { newHash } from './captured-hash.ts';
export { FileSink } from './file-sink.ts';
export { hashValue } from './value/canonical.ts';
export { describedValue } from './value/described.ts';
export { Uninspectable } from './value/uninspectable.ts';
