import { createHash, type Hash } from 'node:crypto';
import { US_PER_MS } from '../../base/units.ts';
import { nowUs } from './clock.ts';
import { FileSink } from './file-sink.ts';
import type { Pass, RunResult } from './messages.ts';
import { describedBytes, fileBytes, isDrained, type Sink, valueBytes } from './output.ts';
import { send } from './parent.ts';

const PROGRESS_EVERY_MS = 100;

/** Where the output of one run goes, and what is known of it. */
export interface OutputDestination {
  /** What is done with each chunk, within the measured time. */
  readonly take: Sink;
  chunks(): number;
  /** Forgets what was taken so far. */
  reset(): void;
  /** Takes a value that is complete, which belongs to no measured time, and closes. */
  finish(raw: unknown): Promise<RunResult['output']>;
}

/** @throws FileSinkError */
export async function openOutput(pass: Pass): Promise<OutputDestination> {
  const newHash = (): Hash | null =>
    pass.kind === 'counting' || pass.kind === 'hashing' ? createHash('sha256') : null;
  let sha256 = newHash();
  const file = pass.kind === 'writing' ? await FileSink.open(pass.file) : null;
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
      if (!isDrained(raw)) for (const bytes of completeBytes(pass, raw)) await take(bytes);
      await file?.close();
      return { sha256: sha256?.digest('hex') ?? null, sizeBytes };
    },
  };
}

function completeBytes(pass: Pass, value: unknown): Iterable<Uint8Array> {
  if (pass.kind !== 'writing') return valueBytes(value);
  return pass.form === 'file' ? fileBytes(value) : describedBytes(value);
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
