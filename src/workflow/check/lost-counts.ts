import type { Counted } from './counting.ts';
import type { Attempt, Demand } from './demand.ts';

/** A rule on calls, which is inconclusive where a side's counts are not complete: what is missing cannot pass. */
export function unlessLost(
  demand: Demand,
  sides: readonly ((attempt: Attempt) => Promise<Counted>)[],
): Demand {
  return {
    ...demand,
    look: async (attempt) => {
      for (const counted of sides) {
        const { lost } = await counted(attempt);
        if (lost !== null) return inconclusive(`calls were lost: ${lost}`);
      }
      return demand.look(attempt);
    },
  };
}

function inconclusive(why: string) {
  return { verdict: 'inconclusive', measured: null, figures: null, pairs: 0, why, file: null } as const;
}
