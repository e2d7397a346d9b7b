import { OutpaceError } from '../base/errors.ts';
import { NOTHING_SAVED, withSaved } from './failed-run.ts';

/** One observation of each cell, such as one process of each side of a pair. */
export interface Round<Observation> {
  /** Indexes of the cells in the order in which they ran. */
  readonly order: readonly number[];
  /** By index of the cell. */
  readonly cells: readonly Observation[];
}

/** Where a measurement stands: the round, and the turn within it, both from 1. */
export interface Turn {
  readonly round: number;
  readonly turn: number;
}

export interface RoundsPlan<Cell, Observation, Stop extends string> {
  /** What each round measures, each in a process of its own. */
  readonly cells: readonly Cell[];
  /**
   * Indexes of the cells in the order in which a round measures them.
   *
   * @param round from 1
   */
  order(round: number): readonly number[];
  observe(cell: Cell, at: Turn): Promise<Observation>;
  /** Called after each round with all rounds so far: saves them, and says why measuring ends; null: it goes on. */
  afterRound(rounds: readonly Round<Observation>[]): Promise<Stop | null>;
  /**
   * Saves what there is when a later run fails, and says where it is; null: nothing is kept of rounds that are not all
   * there, and an interruption is an error like any other.
   */
  readonly saveFailed: ((rounds: readonly Round<Observation>[]) => Promise<string>) | null;
}

export interface MeasuredRounds<Observation, Stop> {
  /** At least one. */
  readonly rounds: readonly Round<Observation>[];
  readonly stoppedBy: Stop | 'interrupted';
}

/**
 * The one measuring loop: rounds of fresh processes, each saved before the next, until there is a reason to stop.
 *
 * @throws OutpaceError RUN_FAILED or TIME_LIMIT, saying what was saved before the run that failed; INTERRUPTED before
 *   the end of the first round
 */
export async function measureRounds<Cell, Observation, Stop extends string>(
  plan: RoundsPlan<Cell, Observation, Stop>,
): Promise<MeasuredRounds<Observation, Stop>> {
  const rounds: Round<Observation>[] = [];
  try {
    for (;;) {
      rounds.push(await measureRound(plan, rounds.length + 1));
      const stoppedBy = await plan.afterRound(rounds);
      if (stoppedBy !== null) return { rounds, stoppedBy };
    }
  } catch (error) {
    if (plan.saveFailed === null) throw error;
    if (rounds.length === 0) throw withSaved(error, NOTHING_SAVED);
    if (error instanceof OutpaceError && error.code === 'INTERRUPTED')
      return { rounds, stoppedBy: 'interrupted' };
    throw withSaved(error, await plan.saveFailed(rounds));
  }
}

async function measureRound<Cell, Observation>(
  plan: Pick<RoundsPlan<Cell, Observation, string>, 'cells' | 'order' | 'observe'>,
  round: number,
): Promise<Round<Observation>> {
  const order = plan.order(round);
  const cells: Observation[] = [];
  for (const [place, index] of order.entries()) {
    const cell = plan.cells[index];
    if (cell === undefined) throw new RangeError(`no cell ${index}`);
    cells[index] = await plan.observe(cell, { round, turn: place + 1 });
  }
  return { order, cells };
}

/** Whether one more round as long as those before it fits a budget. */
export function oneMoreFits(
  rounds: number,
  { elapsedMs, budgetMs }: { readonly elapsedMs: number; readonly budgetMs: number },
): boolean {
  return elapsedMs + elapsedMs / rounds <= budgetMs;
}
