import { basename, isAbsolute, relative, sep } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { World } from '../capture/world.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { OutputRule } from '../compare/mismatches.ts';
import { benchFits, benchMayFit, pairedResult } from '../compare/paired-result.ts';
import { reportDocument } from '../render/html/document.ts';
import { encodeRecording } from '../render/html/encode.ts';
import type { PageData } from '../render/html/model.ts';
import { pageData } from '../render/html/page-data.ts';
import { type ArtefactFolders, reserveStem } from '../store/artefacts.ts';
import { newestBench, type StoredBenchReport } from '../store/benches.ts';
import { readPageBundle } from '../store/page-bundle.ts';
import type { Stored } from '../store/reports.ts';
import { compareStored, sessionMargin, withSkipped } from './compare.ts';
import { loadPair } from './load-pair.ts';
import type { LoadRequest } from './load-side.ts';
import { recordingsOf } from './page-recordings.ts';

export interface ReportRequest extends LoadRequest, ArtefactFolders {
  readonly world: Pick<World, 'now'>;
  /** Each a name, whose newest report is meant, or a file. */
  readonly before: string;
  readonly after: string;
  readonly toleranceRatio: number;
  readonly outputs: OutputRule;
}

/** A page that was written. */
export interface Report {
  readonly file: string;
  readonly comparison: Comparison;
  /** The pairs that the gain is of; null where the two profiles' own runs were compared. */
  readonly benchFile: string | null;
}

/** Two stored sides on one page, with the newest bench of the two that fits them. */
export async function report(request: ReportRequest): Promise<Report> {
  const { before, after } = await loadPair(request, request);
  const bench = await fittingBench(request, before, after);
  const comparison = withSkipped(
    compareStored(before, after, {
      toleranceRatio: request.toleranceRatio,
      outputs: request.outputs,
      sessionMarginRatio: await sessionMargin(request, after),
      paired: bench === null ? null : pairedResult(bench.report, nameOf(after)),
    }),
    [...before.skipped, ...after.skipped],
  );
  return writePage(request, { before, after, comparison, bench });
}

async function fittingBench(
  { reportsDir }: ReportRequest,
  before: Stored,
  after: Stored,
): Promise<StoredBenchReport | null> {
  if (before.kind !== 'report' || after.kind !== 'report') return null;
  const profiled = { before: before.report, after: after.report };
  return newestBench(reportsDir, {
    mayFit: (head) => benchMayFit(head, profiled),
    fits: (bench) => benchFits(bench, profiled),
  });
}

function nameOf(side: Stored): string {
  return side.kind === 'report' ? side.report.implementation : '';
}

interface Shown {
  readonly before: Stored;
  readonly after: Stored;
  readonly comparison: Comparison;
  readonly bench: StoredBenchReport | null;
}

/**
 * Writes the page of a comparison.
 *
 * @throws OutpaceError MISSING_PACKAGE where the page was not built, STORE_FAILED
 */
export async function writePage(
  request: ArtefactFolders & Pick<ReportRequest, 'world' | 'root' | 'job'>,
  { before, after, comparison, bench }: Shown,
): Promise<Report> {
  const bundle = await readPageBundle();
  const { recordings, warnings } = await recordingsOf(request, { before, after });
  const deflate = (bytes: Uint8Array): string => deflateRawSync(bytes).toString('base64');
  const encoded = (side: 'before' | 'after') => {
    const recording = recordings[side];
    return recording === null ? null : encodeRecording(recording, deflate);
  };
  const allWarnings = [...comparison.warnings, ...warnings];
  const data: PageData = pageData({
    comparison: withinProject({ ...comparison, warnings: allWarnings }, request.root),
    bench: bench?.report ?? null,
    profiles: { before: reportIn(before), after: reportIn(after) },
    recordings: { before: encoded('before'), after: encoded('after') },
  });
  const { reportsDir, job } = request;
  const suffix = `${job}_${safeName(comparison.before.implementation)}_${safeName(comparison.after.implementation)}_report`;
  const reservation = await reserveStem({
    ...{ profilesDir: reportsDir, reportsDir, startedAt: request.world.now(), suffix },
  });
  try {
    const content = reportDocument(data, { ...bundle, deflate });
    const [file = ''] = await reservation.commit([{ folder: 'reportsDir', extension: '.html', content }]);
    return {
      file,
      comparison: { ...comparison, warnings: allWarnings },
      benchFile: bench?.file ?? null,
    };
  } finally {
    await reservation.release();
  }
}

/** A page is shown to others: where a project lies on its machine is left out. */
function withinProject(comparison: Comparison, root: string): Comparison {
  const named = <Side extends Comparison['before']>(side: Side): Side => {
    const path = relative(root, side.file);
    return { ...side, file: path.startsWith('..') || isAbsolute(path) ? basename(side.file) : path };
  };
  return {
    ...comparison,
    before: named(comparison.before),
    after: named(comparison.after),
    warnings: comparison.warnings.map((warning) => warning.replaceAll(`${root}${sep}`, '')),
  };
}

function reportIn(side: Stored) {
  return side.kind === 'report' ? side.report : null;
}

/** A .cpuprofile's file may be called anything, and long: its name is only a part of another here. */
function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60);
}
