import type { Counting } from './counting.ts';
import type { Demand } from './demand.ts';

/** A rule on calls, which is inconclusive where a side's counts are not complete: what is missing cannot pass. */
export function unlessLost(demand: Demand, sides: readonly Counting[]): Demand {
  return {
    ...demand,
    look: async (attempt) => {
      for (const counted of sides) {
        const { lost } = await counted(attempt);
        if (lost !== null) return inconclusive(lost);
      }
      const finding = await demand.look(attempt);
      // A look may take more runs.
      const lost = sides.map((counted) => counted.lost()).find((why) => why !== null) ?? null;
      return lost === null ? finding : inconclusive(lost);
    },
  };
}

function inconclusive(lost: string) {
  const why = `calls were lost: ${lost}`;
  return { verdict: 'inconclusive', measured: null, figures: null, pairs: 0, why, file: null } as const;
}
