import { join } from 'node:path';
import { OutpaceError } from '../base/errors.ts';
import type { Pass } from '../capture/child/messages.ts';
import type { Implementation } from '../store/implementations.ts';
import { firstDifference } from '../store/output-difference.ts';
import type { Judge } from '../store/project.ts';
import { withTemporaryFolder } from '../store/temporary.ts';
import type { Subject } from './bench-round.ts';
import { runSide } from './run-side.ts';

/** What ends a comparison of two that do not do the same. */
export function outputsDiffer(
  { before, after }: Pick<OutputsRequest, 'before' | 'after'>,
  where: string,
): OutpaceError {
  return new OutpaceError(
    'OUTPUTS_DIFFER',
    `${differenceOf(before, after, where)}\n(--allow-different-output measures all the same)`,
  );
}

export function differenceOf(before: Implementation, after: Implementation, where: string): string {
  return `the outputs of ${before.name} and ${after.name} differ: ${where}`;
}

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
  if (judge !== null) {
    const pass: Pass = { kind: 'judging', otherEntry: after.entry, ...judge };
    const { outputsEqual } = await runSide(request, before, pass);
    return outputsEqual === true
      ? { kind: 'equal' }
      : { kind: 'different', where: "the config's own equal() says that they differ" };
  }
  const [left, right] = [
    await runSide(request, before, { kind: 'hashing' }),
    await runSide(request, after, { kind: 'hashing' }),
  ];
  if (left.output.sha256 === right.output.sha256) return { kind: 'equal' };

  return withTemporaryFolder(async (folder) => {
    const files = { before: join(folder, 'before'), after: join(folder, 'after') };
    await runSide(request, before, { kind: 'writing', file: files.before, form: 'description' });
    await runSide(request, after, { kind: 'writing', file: files.after, form: 'description' });
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
