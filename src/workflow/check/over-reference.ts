import { fileURLToPath } from 'node:url';
import { interruption } from '../../capture/ending.ts';
import { CHECK_CONFIDENCE } from '../../compare/check-rules.ts';
import type { Implementation } from '../../store/implementations.ts';
import { bench } from '../bench.ts';
import { resultsIn } from '../bench-assembly.ts';
import type { CheckRequest } from './check.ts';
import { type Attempt, onceEach } from './demand.ts';

/** With as many then as now, the interval of their shift reaches 95 % with a good part of the extremes cut off. */
const PAIRS = 12;

const REFERENCE: Implementation = {
  name: 'reference',
  entry: fileURLToPath(
    new URL(
      import.meta.url.endsWith('.ts') ? '../../capture/reference-work.ts' : '../../capture/reference-work.js',
      import.meta.url,
    ),
  ),
};

export interface OverReference {
  /** The run's time over that of the reference work in the process beside it; one value a pair. */
  readonly timeOverReference: readonly number[];
  readonly peakRssBytes: readonly number[];
  readonly wallMs: number;
  readonly file: string;
}

/**
 * Times an implementation in pairs with work that is always the same, so that how fast the machine is at the moment
 * cancels out, as far as the two feel it alike.
 */
export function overReference(request: CheckRequest, here: Implementation) {
  return onceEach(async (attempt: Attempt): Promise<OverReference> => {
    const { report, file } = await bench({
      ...request,
      before: REFERENCE,
      after: [here],
      mode: 'cold',
      // A baseline holds times of `run`.
      includesImport: false,
      plan: {
        confidenceLevel: CHECK_CONFIDENCE,
        spending: 'obrien-fleming',
        fixedPairs: PAIRS,
        leastPairs: PAIRS,
      },
      seed: request.seed + attempt,
      outputs: 'compared already',
    });
    if (report.stoppedBy === 'interrupted') throw interruption();
    const [result] = resultsIn(report);
    if (result === undefined) throw new RangeError('nothing was measured');
    return {
      timeOverReference: result.pairs.map(({ beforeMs, afterMs }) => afterMs / beforeMs),
      peakRssBytes: result.pairs.map(({ afterPeakRssBytes }) => afterPeakRssBytes),
      wallMs: result.wallMs.after.point,
      file,
    };
  });
}
