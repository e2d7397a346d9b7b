import type { Hash } from 'node:crypto';
import { US_PER_MS } from '../../base/units.ts';
import { nowUs } from './clock.ts';
import type { OutputFacts, Pass } from './messages.ts';
import { asBytes, fileBytes, isDrained, type Sink } from './output.ts';
import { send } from './parent.ts';

const PROGRESS_EVERY_MS = 100;

type Inspection = typeof import('./inspection.ts');
let inspection: Inspection | null = null;

/** Loads what a pass needs to look into its output: before the implementation is imported, which may replace what that uses. */
export async function prepareOutput(pass: Pass): Promise<void> {
  if (isInspected(pass) || pass.kind === 'writing') inspection ??= await import('./inspection.ts');
}

/** Where the output of one run goes, and what is known of it. */
export interface OutputDestination {
  /** What is done with each chunk, within the measured time. */
  readonly take: Sink;
  chunks(): number;
  /** Forgets what was taken so far. */
  reset(): void;
  /** Takes a value that is complete, which belongs to no measured time, and closes. */
  finish(raw: unknown): Promise<OutputFacts>;
}

/** @throws FileSinkError */
export async function openOutput(pass: Pass): Promise<OutputDestination> {
  await prepareOutput(pass);
  const newHash = (): Hash | null => (isHashed(pass) ? needed().newHash('sha256') : null);
  let sha256 = newHash();
  const file = pass.kind === 'writing' ? await needed().FileSink.open(pass.file) : null;
  const sayWritten = progressSayer();
  let sizeBytes = 0;
  let chunks = 0;
  const take: Sink = (bytes) => {
    chunks += 1;
    sizeBytes += bytes.byteLength;
    sha256?.update(bytes);
    if (file === null) return;
    sayWritten(sizeBytes);
    return file.write(bytes);
  };
  return {
    take,
    chunks: () => chunks,
    reset() {
      chunks = 0;
      sizeBytes = 0;
      sha256 = newHash();
    },
    async finish(raw) {
      const bytes = asBytes(raw);
      if (bytes !== null) await take(bytes);
      const isValue = bytes === null && !isDrained(raw);
      if (isValue && pass.kind === 'writing')
        for await (const block of pass.form === 'file' ? fileBytes(raw) : needed().describedValue(raw))
          await take(block);
      await file?.close();
      // Returning the promise itself would call `then`, which a job may have replaced.
      if (isValue && pass.kind !== 'writing') return await valueFacts(pass, raw);
      const form = isValue ? 'value' : sizeBytes === 0 ? 'nothing' : 'bytes';
      return { form, sha256: sha256?.digest('hex') ?? null, sizeBytes, uninspectable: null };
    },
  };
}

/** A value is hashed even where only its size is asked for: how large it is depends on what it holds. */
async function valueFacts(pass: Pass, value: unknown): Promise<OutputFacts> {
  const form = value === undefined || value === null ? 'nothing' : 'value';
  const unknown = { form, sha256: null, sizeBytes: null, uninspectable: null } as const;
  if (!isInspected(pass)) return unknown;
  const { hashValue, Uninspectable } = needed();
  try {
    const { sha256, sizeBytes } = await hashValue(value);
    return { form, sha256: isHashed(pass) ? sha256 : null, sizeBytes, uninspectable: null };
  } catch (error) {
    if (!(error instanceof Uninspectable)) throw error;
    return { ...unknown, uninspectable: error.message };
  }
}

function needed(): Inspection {
  if (inspection === null) throw new RangeError('what looks into outputs was not loaded');
  return inspection;
}

function isHashed({ kind }: Pass): boolean {
  return kind === 'counting' || kind === 'hashing' || kind === 'loading';
}

/** Where nobody asks, nothing is done to the memory of a process that goes on repeating its run. */
function isInspected(pass: Pass): boolean {
  return isHashed(pass) || pass.kind === 'sampling' || (pass.kind === 'timing' && pass.sizesValue === true);
}

/** Whether a pass looks into an output that is no bytes, which takes code that a job may have changed under our feet. */
export function readsValues(pass: Pass): boolean {
  return isInspected(pass) || pass.kind === 'writing' || pass.kind === 'steady';
}

/** Tells the parent how much was written, at most every so often. */
function progressSayer(): (sizeBytes: number) => void {
  let lastUs = nowUs();
  return (sizeBytes) => {
    const atUs = nowUs();
    if (atUs - lastUs < PROGRESS_EVERY_MS * US_PER_MS) return;
    lastUs = atUs;
    send({ kind: 'progress', sizeBytes });
  };
}
