import { OutpaceError } from '../base/errors.ts';
import type { RunResult } from '../capture/child/messages.ts';
import { startOfNow } from '../capture/environment.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { ArtefactFolders } from '../store/artefacts.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Judge } from '../store/project.ts';
import { assertFolderWritable } from '../store/writable-folder.ts';
import { type BenchRequest, bench } from './bench.ts';
import type { Subject } from './bench-round.ts';
import { compareOutputs, outputsDiffer } from './compare-outputs.ts';
import { explained } from './explained.ts';
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
  const startedAt = startOfNow();
  const { before, after } = request;
  for (const folder of [request.profilesDir, request.reportsDir]) await assertFolderWritable(folder);
  const sides = [before, after];
  const counting: RunResult[] = [];
  for (const implementation of sides) counting.push(await countingRun({ ...request, implementation }));
  await refuseDifferentOutputs(request, counting);

  const { report, file, rounds } = await bench({
    ...request,
    after: [after],
    mode: 'cold',
    plan: { confidenceLevel: 0.95, spending: 'pocock', fixedPairs: null, leastPairs: LEAST_PAIRS },
    outputs: 'compared already',
  });
  const shown = await explained(request, { startedAt, sides, counting, bench: { report, rounds } });
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

async function refuseDifferentOutputs(request: GainRequest, counting: readonly RunResult[]): Promise<void> {
  const [left, right] = counting.map(({ output }) => output.sha256);
  if (left === right || request.allowDifferentOutput) return;
  request.progress.step('the outputs differ: looking for where');
  const compared = await compareOutputs(request);
  if (compared.kind === 'equal') return;
  throw outputsDiffer(request, compared.where);
}
