import type { RunOptions } from '../capture/run-in-child.ts';
import type { OnceReport } from '../compare/once-report.ts';
import type { Implementation } from '../store/implementations.ts';
import { openOutputFile } from '../store/output-file.ts';
import type { Subject } from './bench-round.ts';
import { runSide } from './run-side.ts';

export interface OnceRequest extends Subject {
  readonly implementation: Implementation;
  /** null: the output is made and let go. */
  readonly outputFile: string | null;
  readonly onPrinted: RunOptions['onPrinted'];
  readonly onProgress: (soFar: { readonly elapsedMs: number; readonly sizeBytes: number }) => void;
}

/** One run in a fresh process, its output streamed to a file that appears when it is complete. */
export async function run(request: OnceRequest): Promise<OnceReport> {
  const { implementation, input, outputFile } = request;
  const output = outputFile === null ? null : await openOutputFile(outputFile);
  try {
    const {
      nodeVersion,
      wallMs,
      cpuMs,
      peakRssBytes,
      output: made,
    } = await runSide(
      request,
      implementation,
      output === null ? { kind: 'timing' } : { kind: 'writing', file: output.partial, form: 'file' },
      { onProgress: request.onProgress, onPrinted: request.onPrinted },
    );
    await output?.commit();
    return {
      schemaVersion: 1,
      kind: 'run',
      implementation: implementation.name,
      input,
      nodeVersion,
      wallMs,
      cpuMs,
      peakRssBytes,
      output: { sizeBytes: made.sizeBytes, file: outputFile },
    };
  } finally {
    await output?.discard();
  }
}
