import { functionTotals } from '../../src/profile/function-totals.ts';
import type { CpuProfile } from '../../src/profile/model.ts';

/** All that the analysis says of a profile, in an order of its own, to be held against that of another reader. */
export function totalsOf(profile: CpuProfile): {
  readonly sampledUs: number;
  readonly rows: readonly string[];
} {
  const window = { startUs: profile.startTimeUs, endUs: profile.endTimeUs };
  const { functions, sampledUs, samples } = functionTotals(profile, window, () => false);
  const rows = functions.map(({ frame, selfUs, totalUs, recursive }) =>
    JSON.stringify([frame, rounded(selfUs), rounded(totalUs), recursive]),
  );
  return { sampledUs, rows: [`${samples} samples`, ...rows.toSorted()] };
}

/** Beyond 15 digits it matters in which order numbers were added. */
function rounded(value: number): number {
  return Number(value.toPrecision(13));
}
