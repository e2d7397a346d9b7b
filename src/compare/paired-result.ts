import { isDeepStrictEqual } from 'node:util';
import type { BenchReport, BenchResult } from './bench-report.ts';
import type { ProfileReport } from './profile-report.ts';

/**
 * What a bench says of one side against its `before`: of its cold runs where it has both kinds, since a profile is of a
 * cold run. null where it did not measure that side.
 */
export function pairedResult(bench: BenchReport, after: string): BenchResult | null {
  if ('comparisons' in bench) {
    const found = bench.comparisons.find((one) => one.after === after);
    return found === undefined ? null : { ...found, warnings: [...bench.warnings, ...found.warnings] };
  }
  if (bench.after !== after) return null;
  if (!('modes' in bench)) return bench;
  return { ...bench.modes.cold, warnings: [...bench.warnings, ...bench.modes.cold.warnings] };
}

/** Whether pairs were measured of what was profiled: the same job, input and outputs, on the same machine, Node and commit. */
export function benchFits(
  bench: BenchReport,
  { before, after }: { readonly before: ProfileReport; readonly after: ProfileReport },
): boolean {
  return (
    pairedResult(bench, after.implementation) !== null &&
    bench.before === before.implementation &&
    bench.mode !== 'steady' &&
    (bench.outputsEqual || before.output.sha256 !== after.output.sha256) &&
    [before, after].every(
      ({ job, input, environment }) =>
        isDeepStrictEqual(bench.input, input) &&
        bench.job === job &&
        isDeepStrictEqual(bench.environment, environment),
    )
  );
}
