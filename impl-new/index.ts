import { run as runPlainly } from '../impl-old/index.ts';
import { type JobInput, parseInput } from '../impl-old/job.ts';
import { isWorthTables, workerCount } from './plan.ts';

/** Loads what this input needs, as an `import` at the top would for every input. */
export async function setup(rawInput: unknown): Promise<void> {
  const input = parseInput(rawInput);
  if (isWorthTables(input)) await import('./written-users.ts');
  if (workerCount(input) > 0) await import('./chunks-with-workers.ts');
}

/** The same bytes as the old implementation: written chunk by chunk by the threads that pay, or made plainly. */
export async function* run(rawInput: unknown): AsyncGenerator<Uint8Array> {
  const input = parseInput(rawInput);
  yield* await (isWorthTables(input) ? written(input) : runPlainly(input));
}

async function written(input: JobInput): Promise<AsyncGenerator<Uint8Array>> {
  const { writtenUsers } = await import('./written-users.ts');
  return writtenUsers(input);
}
