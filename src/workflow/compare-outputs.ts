import { join } from 'node:path';
import { counted } from '../base/counted.ts';
import { OutpaceError } from '../base/errors.ts';
import type { OutputFacts, Pass } from '../capture/child/messages.ts';
import { bothNothing } from '../compare/stored-output.ts';
import type { Implementation } from '../store/implementations.ts';
import { firstDifference } from '../store/output-difference.ts';
import type { Judge } from '../store/project.ts';
import { withTemporaryFolder } from '../store/temporary.ts';
import { valueDifference } from '../store/value-difference.ts';
import type { Subject } from './bench-round.ts';
import { runSide } from './run-side.ts';

/** What ends a comparison of two whose outputs differ. */
export function outputsDiffer(
  { before, after }: Pick<OutputsRequest, 'before' | 'after'>,
  where: string,
): OutpaceError {
  return new OutpaceError(
    'OUTPUTS_DIFFER',
    `${differenceOf(before, after, where)}\n(--allow-different-output measures them anyway)`,
  );
}

export function differenceOf(before: Implementation, after: Implementation, where: string): string {
  return `the outputs of ${before.name} and ${after.name} differ: ${where}`;
}

export interface OutputsRequest extends Subject {
  readonly before: Implementation;
  readonly after: Implementation;
  /** null unless the config has an `equal`. */
  readonly judge: Judge | null;
}

/** Whether two implementations give the same output, or where the outputs first differ, for a person. */
export type OutputsComparison =
  /** `nothing`: neither returns anything, so that their equality says nothing. */
  | (FirstRuns & { readonly kind: 'equal'; readonly nothing: boolean })
  | (FirstRuns & { readonly kind: 'different'; readonly where: string });

interface FirstRuns {
  /** What the run of each side took whose output was compared; empty if both ran in one process. */
  readonly firstRunsMs: readonly number[];
}

/**
 * Runs both once, compares what they gave, and only where it differs runs them again to find where.
 *
 * @throws OutpaceError OUTPUT_NOT_COMPARABLE
 */
export async function compareOutputs(request: OutputsRequest): Promise<OutputsComparison> {
  const { before, after, judge } = request;
  if (judge !== null) {
    const pass: Pass = { kind: 'judging', otherEntry: after.entry, ...judge };
    const { outputsEqual } = await runSide(request, before, pass);
    return outputsEqual === true
      ? { kind: 'equal', nothing: false, firstRunsMs: [] }
      : { kind: 'different', where: 'equal() in the config returned false', firstRunsMs: [] };
  }
  const runs = {
    before: await runSide(request, before, { kind: 'hashing' }),
    after: await runSide(request, after, { kind: 'hashing' }),
  };
  const firstRunsMs = [runs.before.wallMs, runs.after.wallMs];
  const outputs = {
    before: inspected(before, runs.before.output),
    after: inspected(after, runs.after.output),
  };
  if (outputs.before.sha256 === outputs.after.sha256)
    return { kind: 'equal', nothing: bothNothing(outputs.before, outputs.after), firstRunsMs };
  if (isBytes(outputs.before) !== isBytes(outputs.after)) {
    const where = [before, after].map(
      ({ name }, side) => `${name}: ${describedForm(side === 0 ? outputs.before : outputs.after)}`,
    );
    return { kind: 'different', where: ['one is bytes, the other is not', ...where].join('\n'), firstRunsMs };
  }
  return withTemporaryFolder(async (folder) => {
    const files = { before: join(folder, 'before'), after: join(folder, 'after') };
    await runSide(request, before, { kind: 'writing', file: files.before, form: 'description' });
    await runSide(request, after, { kind: 'writing', file: files.after, form: 'description' });
    const found = await (isBytes(outputs.before) ? differingLine : differingPart)(files);
    if (found === null) return { kind: 'different', where: UNSTEADY, firstRunsMs };
    return {
      kind: 'different',
      firstRunsMs,
      where: [
        `the first difference is at ${found.at}`,
        `${before.name}: ${found.before}`,
        `${after.name}: ${found.after}`,
      ].join('\n'),
    };
  });
}

/** @throws OutpaceError OUTPUT_NOT_COMPARABLE with the path to what cannot be compared */
export function inspected({ name }: Pick<Implementation, 'name'>, output: OutputFacts): OutputFacts {
  if (output.uninspectable === null) return output;
  throw new OutpaceError('OUTPUT_NOT_COMPARABLE', `${name}: ${output.uninspectable}`);
}

/** No bytes at all are bytes as well, and `undefined` is a value. */
function isBytes({ form, sizeBytes }: OutputFacts): boolean {
  return form === 'bytes' || (form === 'nothing' && sizeBytes === 0);
}

function describedForm(output: OutputFacts): string {
  if (isBytes(output)) return counted(output.sizeBytes ?? 0, 'byte');
  return output.form === 'nothing' ? 'undefined or null' : 'a value that is not bytes';
}

interface Files {
  readonly before: string;
  readonly after: string;
}

type Difference = Files & { readonly at: string };

async function differingLine(files: Files): Promise<Difference | null> {
  const found = await firstDifference(files.before, files.after);
  return found === null ? null : { ...found, at: `byte ${found.offsetBytes}, line ${found.line}` };
}

async function differingPart(files: Files): Promise<Difference | null> {
  const found = await valueDifference(files.before, files.after);
  if (found === null) return null;
  const { path, before, after } = found;
  return { at: path, before: `${path} = ${before}`, after: `${path} = ${after}` };
}

const UNSTEADY =
  'the outputs differed in one pair of runs but not in the next: an output that changes from run to run cannot be ' +
  'compared (seed its random numbers, or provide an equal() in the config)';
