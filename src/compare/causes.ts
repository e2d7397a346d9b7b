import { originOf } from '../profile/origin.ts';
import { type CallRange, type GrownFunction, isNew } from './call-counts.ts';
import type { Cause } from './check-report.ts';
import type { FunctionDifference } from './function-differences.ts';

const CAUSES = 5;

/** The functions that cost more than before, beyond what noise explains; the largest first. */
export function causesOf(functions: readonly FunctionDifference[]): Cause[] {
  return functions
    .filter(({ noise, selfDeltaMs }) => !noise && selfDeltaMs.point > 0)
    .toSorted((a, b) => b.selfDeltaMs.point - a.selfDeltaMs.point)
    .slice(0, CAUSES)
    .map((row) => ({ ...row, origin: originOf(row), reason: reasonOf(row) }));
}

/** Functions that are called more often, of whose time nothing is known. */
export function callCauses(grown: readonly GrownFunction[]): Cause[] {
  const nothing = { point: 0, low: null, high: null, confidenceLevel: 0 };
  const middle = ({ low, high }: CallRange) => Math.round((low + high) / 2);
  return grown.slice(0, CAUSES).map(({ name, file, line, ...growth }) => ({
    name,
    file,
    line,
    engine: false,
    ignored: false,
    change: isNew(growth) ? 'new' : 'same',
    ambiguous: false,
    noise: false,
    formerly: null,
    selfMs: { before: 0, after: 0 },
    totalMs: { before: 0, after: 0 },
    selfDeltaMs: nothing,
    totalDeltaMs: nothing,
    calls: { before: isNew(growth) ? null : middle(growth.before), after: middle(growth.after) },
    selfUsPerCall: { before: null, after: null },
    selfShare: null,
    origin: originOf({ name, file, engine: false }),
    reason: isNew(growth) ? 'new' : 'more calls',
  }));
}

/** Which of the two factors of time = calls × time a call has grown more. */
function reasonOf({ change, calls, selfUsPerCall }: FunctionDifference): Cause['reason'] {
  if (change === 'new') return 'new';
  const [oldCalls, newCalls] = [calls.before ?? 0, calls.after ?? 0];
  if (oldCalls === 0 || newCalls === 0) return 'more time';
  const [oldUs, newUs] = [selfUsPerCall.before ?? 0, selfUsPerCall.after ?? 0];
  if (oldUs === 0) return newCalls > oldCalls ? 'more calls' : 'more time a call';
  return newCalls / oldCalls > newUs / oldUs ? 'more calls' : 'more time a call';
}
