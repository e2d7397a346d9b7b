import { join } from 'node:path';
import type { Pass, RunResult } from '../capture/child/messages.ts';
import { runInChild } from '../capture/run-in-child.ts';
import type { Implementation } from '../store/implementations.ts';
import { firstDifference } from '../store/output-difference.ts';
import type { Judge } from '../store/project.ts';
import { withTemporaryFolder } from '../store/temporary.ts';
import type { Subject } from './bench-round.ts';

export interface OutputsRequest extends Subject {
  readonly before: Implementation;
  readonly after: Implementation;
  /** Where the config has an `equal` of its own. */
  readonly judge: Judge | null;
}

/** Whether two implementations give the same output, or where they first part, for a person. */
export type OutputsComparison =
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly where: string };

/** Runs both once, compares what they gave, and only where it differs runs them again to find where. */
export async function compareOutputs(request: OutputsRequest): Promise<OutputsComparison> {
  const { before, after, judge } = request;
  const runOnce = (side: Implementation, pass: Pass): Promise<RunResult> =>
    runInChild({
      ...request,
      request: { entry: side.entry, input: request.input, pass },
      implementation: side.name,
      cwd: side.root ?? request.root,
    });
  if (judge !== null) {
    const pass: Pass = { kind: 'judging', otherEntry: after.entry, ...judge };
    const { outputsEqual } = await runOnce(before, pass);
    return outputsEqual === true
      ? { kind: 'equal' }
      : { kind: 'different', where: "the config's own equal() says that they differ" };
  }
  const [left, right] = [
    await runOnce(before, { kind: 'hashing' }),
    await runOnce(after, { kind: 'hashing' }),
  ];
  if (left.output.sha256 === right.output.sha256) return { kind: 'equal' };

  return withTemporaryFolder(async (folder) => {
    const files = { before: join(folder, 'before'), after: join(folder, 'after') };
    await runOnce(before, { kind: 'writing', file: files.before, form: 'description' });
    await runOnce(after, { kind: 'writing', file: files.after, form: 'description' });
    const difference = await firstDifference(files.before, files.after);
    if (difference === null) return { kind: 'different', where: UNSTEADY };
    const { offsetBytes, line } = difference;
    return {
      kind: 'different',
      where: [
        `the first difference is at byte ${offsetBytes}, line ${line}`,
        `${before.name}: ${difference.before}`,
        `${after.name}: ${difference.after}`,
      ].join('\n'),
    };
  });
}

const UNSTEADY =
  'they differed in one pair of runs and not in the next: an output that changes from run to run cannot be compared ' +
  '(give it a seed, or an equal() in the config)';
