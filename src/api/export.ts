import type { RunFormat } from '../workflow/export.ts';
import type { ProjectOptions } from './options.ts';
import { loadingOf } from './request.ts';

export interface ExportOptions extends ProjectOptions {
  /** A name, whose newest report is meant, or a report's or a .cpuprofile's file. */
  readonly run: string;
  readonly format: 'json' | 'markdown' | 'text' | 'folded' | 'pprof' | 'speedscope';
}

/** A stored run in another format; bytes for pprof, gzipped. */
export async function exportRun(options: ExportOptions): Promise<string | Uint8Array> {
  const { exportRun: convert } = await import('../workflow/export.ts');
  const format: RunFormat = options.format;
  return convert({ ...(await loadingOf(options)), side: options.run, format });
}

export interface ExportDifferenceOptions extends ProjectOptions {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** The stacks of two stored runs, each with its µs before and after, as flame graph tools take a difference. */
export async function exportFoldedDifference(options: ExportDifferenceOptions = {}): Promise<string> {
  const { exportFoldedDifference: convert } = await import('../workflow/export.ts');
  const loading = await loadingOf(options);
  return convert({
    ...loading,
    before: options.before ?? loading.before,
    after: options.after ?? loading.after,
  });
}
