import type { RunFormat } from '../render/export/formats.ts';
import type { ProjectOptions, StoredSidesOptions } from './options.ts';
import { loadingOf, loadingSides } from './request.ts';

export interface ExportOptions extends ProjectOptions {
  /** A name, whose newest report is meant, or the file of a report or a profile. */
  readonly run: string;
  readonly format: RunFormat;
  /** Called for each part of a profile that had to be left out. */
  readonly onWarning?: (warning: string) => void;
}

/** A stored run, or anybody's profile, in another format; bytes for pprof, gzipped. */
export async function exportRun(options: ExportOptions): Promise<string | Uint8Array> {
  const { exportRun: convert } = await import('../workflow/export.ts');
  const { run, format, onWarning } = options;
  const { content, warnings } = await convert({ ...(await loadingOf(options)), side: run, format });
  for (const warning of warnings) onWarning?.(warning);
  return content;
}

export interface FoldedDifferenceOptions extends StoredSidesOptions {
  /** Told where the two runs are not of the same work, or newer ones were passed over. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** The stacks of two stored runs, each with its µs before and after, as flame graph tools take a difference. */
export async function exportFoldedDifference(options: FoldedDifferenceOptions = {}): Promise<string> {
  const { exportFoldedDifference: convert } = await import('../workflow/export.ts');
  const { onWarning = () => undefined, ...sides } = options;
  return convert({ ...(await loadingSides(sides)), onWarning });
}
