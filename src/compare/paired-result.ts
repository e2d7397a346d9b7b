import { isDeepStrictEqual } from 'node:util';
import type { BenchReport, BenchResult } from './bench-report.ts';
import type { ProfileReport } from './profile-report.ts';
import { overAllLooks } from './verdict.ts';

/**
 * What a bench shows about the wall time of one side against its `before`: of its cold runs if it has both kinds, since a
 * profile is of a cold run. Its gain has the level that holds over all looks. null if it did not measure that side.
 */
export function pairedResult(bench: BenchReport, after: string): BenchResult | null {
  const result = resultOf(bench, after);
  if (result === null) return null;
  const { gainRatio, metrics } = result;
  const { verdict, pairsToSettle } = metrics.wall;
  return { ...result, gainRatio: overAllLooks(gainRatio, bench), verdict, pairsToSettle };
}

function resultOf(bench: BenchReport, after: string): BenchResult | null {
  if ('comparisons' in bench) {
    const found = bench.comparisons.find((one) => one.after === after);
    return found === undefined ? null : { ...found, warnings: [...bench.warnings, ...found.warnings] };
  }
  if (bench.after !== after) return null;
  if (!('modes' in bench)) return bench;
  return { ...bench.modes.cold, warnings: [...bench.warnings, ...bench.modes.cold.warnings] };
}

interface Profiled {
  readonly before: ProfileReport;
  readonly after: ProfileReport;
}

/** Whether pairs were measured of what was profiled: the same job, input and outputs, on the same machine, Node and commit. */
export function benchFits(bench: BenchReport, profiled: Profiled): boolean {
  return (
    benchMayFit(bench, profiled) &&
    pairedResult(bench, profiled.after.implementation) !== null &&
    bench.mode !== 'steady' &&
    (bench.outputsEqual || profiled.before.output.sha256 !== profiled.after.output.sha256)
  );
}

/** The same as far as the beginning of a stored bench tells, whatever that holds. */
export function benchMayFit(
  head: Readonly<Partial<Record<'job' | 'input' | 'environment' | 'before' | 'includesImport', unknown>>>,
  { before, after }: Profiled,
): boolean {
  return (
    head.before === before.implementation &&
    [before, after].every(
      ({ job, input, environment, timing }) =>
        head.job === job &&
        (head.includesImport ?? false) === (timing.includesImport ?? false) &&
        isDeepStrictEqual(head.input, input) &&
        isDeepStrictEqual(head.environment, environment),
    )
  );
}
