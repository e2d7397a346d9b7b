import { OutpaceError } from '../base/errors.ts';
import type { RunResult } from '../capture/child/messages.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { OutputRule } from '../compare/mismatches.ts';
import type { ArtefactFolders } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Judge } from '../store/project.ts';
import { assertFolderWritable } from '../store/writable-folder.ts';
import { type BenchRequest, bench } from './bench.ts';
import type { Subject } from './bench-round.ts';
import { compareOutputs, inspected, outputsDiffer } from './compare-outputs.ts';
import { explained } from './explained.ts';
import { NOTHING_SAVED, within, withSaved } from './failed-run.ts';
import { countingRun, type ProfileProgress } from './profile.ts';
import { writePage } from './report.ts';

export interface GainRequest extends Subject, ArtefactFolders {
  readonly before: Implementation;
  readonly after: Implementation;
  readonly samplingRuns: number;
  readonly intervalUs: number;
  readonly budgetMs: number;
  readonly seed: number;
  readonly toleranceRatio: number;
  readonly judge: Judge | null;
  readonly allowDifferentOutput: boolean;
  readonly progress: ProfileProgress & Pick<BenchRequest['progress'], 'round'>;
}

export interface Gain {
  readonly comparison: Comparison;
  readonly benchFile: string;
  /** The page that shows it; null where the page was not built, as a warning then says. */
  readonly reportFile: string | null;
}

/** With fewer pairs no interval reaches 95 %. */
const LEAST_PAIRS = 6;

/**
 * The main job: calls counted and outputs compared, both sides timed in interleaved pairs, then sampled in turns; two
 * stored profiles, a stored bench, and what they say together.
 *
 * @throws OutpaceError OUTPUTS_DIFFER before anything is timed, unless that is allowed
 */
export async function gain(request: GainRequest): Promise<Gain> {
  const startedAt = request.world.now();
  const { before, after } = request;
  for (const folder of [request.profilesDir, request.reportsDir]) await assertFolderWritable(folder);
  const sides = [before, after];
  const counting: RunResult[] = [];
  for (const implementation of sides)
    counting.push(
      await countingRun({ ...request, implementation }).catch((error: unknown) => {
        throw withSaved(error, NOTHING_SAVED);
      }),
    );
  const outputs = await outputsFound(request, counting);

  const { report, file, rounds } = await bench({
    ...request,
    after: [after],
    mode: 'cold',
    plan: { confidenceLevel: 0.95, spending: 'pocock', fixedPairs: null, leastPairs: LEAST_PAIRS },
    outputs: outputs === 'may differ' ? 'known to differ' : 'compared already',
  });
  const shown = await explained(request, {
    ...{ startedAt, sides, counting, outputs },
    bench: { report, rounds },
  }).catch((error: unknown) => {
    throw withSaved(
      error,
      `The ${rounds.length} pairs are saved in ${within(request.root, file)}; no profile is.`,
    );
  });
  return { benchFile: file, ...(await shownOnPage(request, { ...shown, bench: { file, report } })) };
}

/** What was measured for minutes is not lost for want of a page. */
async function shownOnPage(
  request: GainRequest,
  shown: Parameters<typeof writePage>[1],
): Promise<Pick<Gain, 'comparison' | 'reportFile'>> {
  try {
    const { file, comparison } = await writePage(request, shown);
    return { comparison, reportFile: file };
  } catch (error) {
    if (!(error instanceof OutpaceError)) throw error;
    const { comparison } = shown;
    const warnings = [...comparison.warnings, `no page was written: ${error.message}`];
    return { comparison: { ...comparison, warnings }, reportFile: null };
  }
}

/** @throws OutpaceError OUTPUTS_DIFFER or OUTPUT_NOT_COMPARABLE unless that is allowed */
async function outputsFound(
  request: GainRequest,
  [before, after]: readonly RunResult[],
): Promise<OutputRule> {
  if (before === undefined || after === undefined) return 'same hash';
  if (!request.allowDifferentOutput && request.judge === null) {
    inspected(request.before, before.output);
    inspected(request.after, after.output);
  }
  const { sha256 } = before.output;
  if (sha256 !== null && sha256 === after.output.sha256) return 'same hash';
  if (request.allowDifferentOutput) return 'may differ';
  request.progress.step('comparing the outputs');
  const compared = await compareOutputs(request);
  if (compared.kind === 'different') throw outputsDiffer(request, compared.where);
  return request.judge === null ? 'same hash' : 'found equal';
}
