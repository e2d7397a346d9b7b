import type { ImplementationModule } from './implementation.ts';

/**
 * Where the value of each call goes, so that V8 must make it: without a reader it could leave out the work. Storing a value
 * costs about one processor cycle.
 */
export const consumed: { value: unknown } = { value: undefined };

/** What a call costs in any case: its loop and nothing else. */
export const EMPTY_BODY: ImplementationModule = { run() {} };

// Each of the loops below exists twice, the second time for the empty body. If they shared code, V8 would see two functions
// called from one place, and inline neither.

/** Calls a run that returns a plain value, with one input for all calls. */
export function callPlain(implementation: ImplementationModule, input: unknown, calls: number): void {
  for (let call = 0; call < calls; call += 1) consumed.value = implementation.run(input);
}

/** @see callPlain */
export function callEmpty(implementation: ImplementationModule, input: unknown, calls: number): void {
  for (let call = 0; call < calls; call += 1) consumed.value = implementation.run(input);
}

/** Calls a run that returns a plain value, each time with an input of its own. */
export function callWithCopies(implementation: ImplementationModule, inputs: readonly unknown[]): void {
  for (let call = 0; call < inputs.length; call += 1) consumed.value = implementation.run(inputs[call]);
}
