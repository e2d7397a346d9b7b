/** What a bench finds out before it times anything: whether the outputs are equal, and how long a run takes. */
import { OutpaceError } from '../base/errors.ts';
import { chosenMode } from '../compare/chosen-mode.ts';
import { nothingCompared } from '../compare/stored-output.ts';
import type { Implementation } from '../store/implementations.ts';
import type { BenchAsked } from './bench.ts';
import { measureProcess } from './bench-round.ts';
import { compareOutputs, differenceOf, outputsDiffer } from './compare-outputs.ts';

/** @throws OutpaceError OUTPUTS_DIFFER or OUTPUT_NOT_COMPARABLE where they must be equal */
export async function outputsOf(request: BenchAsked): Promise<{
  readonly outputsEqual: boolean;
  readonly warnings: string[];
  readonly firstRunsMs: readonly number[];
}> {
  const warnings: string[] = [];
  const firstRunsMs: number[] = [];
  let outputsEqual = true;
  if (request.outputs === 'compared already') return { outputsEqual, warnings, firstRunsMs };
  if (request.outputs === 'known to differ') return { outputsEqual: false, warnings, firstRunsMs };
  for (const after of request.after) {
    request.progress.step(`comparing the outputs of ${request.before.name} and ${after.name}`);
    const found = await outputWarning(request, after);
    outputsEqual &&= found.equal;
    firstRunsMs.push(...found.firstRunsMs);
    if (found.warning !== null) warnings.push(found.warning);
  }
  return { outputsEqual, warnings, firstRunsMs };
}

async function outputWarning(
  request: BenchAsked,
  after: Implementation,
): Promise<{
  readonly equal: boolean;
  readonly warning: string | null;
  readonly firstRunsMs: readonly number[];
}> {
  const { before } = request;
  const mustBeEqual = request.outputs === 'must be equal';
  try {
    const compared = await compareOutputs({ ...request, after });
    const { firstRunsMs } = compared;
    if (compared.kind === 'equal')
      return {
        equal: true,
        warning: compared.nothing ? nothingCompared(before.name, after.name) : null,
        firstRunsMs,
      };
    if (mustBeEqual) throw outputsDiffer({ before, after }, compared.where);
    const warning = differenceOf(before, after, compared.where).replaceAll('\n', '; ');
    return { equal: false, warning, firstRunsMs };
  } catch (error) {
    const isUnknown = error instanceof OutpaceError && error.code === 'OUTPUT_NOT_COMPARABLE';
    if (!isUnknown || mustBeEqual) throw error;
    return { equal: false, warning: error.message, firstRunsMs: [] };
  }
}

/** Without a mode, what a first run takes decides: those whose outputs were compared, else one of each side. */
export async function chooseMode(asked: BenchAsked, firstRunsMs: readonly number[]) {
  if (asked.mode !== null || asked.includesImport === true) return chosenMode(asked.mode ?? 'cold', []);
  if (firstRunsMs.length > 0) return chosenMode(null, firstRunsMs);
  asked.progress.step('finding out how long a run takes');
  const coldMs: number[] = [];
  for (const side of [asked.before, ...asked.after]) {
    const { cold } = await measureProcess(asked, side, { at: 'the first run', steady: null });
    coldMs.push(cold.wallMs);
  }
  return chosenMode(asked.mode, coldMs);
}
