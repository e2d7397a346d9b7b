import * as v from 'valibot';
import { whole } from './quantity.ts';

/** What is kept of an output. */
export const StoredOutputSchema = v.object({
  /** Of bytes, what `sha256sum` gives; of a value, a hash of its contents; empty where they could not be inspected. */
  sha256: v.string(),
  sizeBytes: whole,
  /** Missing in files of before it was kept, whose hashes of values cannot be compared with those made now. */
  form: v.optional(v.picklist(['bytes', 'value', 'nothing'])),
});

export type StoredOutput = v.InferOutput<typeof StoredOutputSchema>;

/** What is kept of the output of a run that made its hash. */
export function storedOutput(output: {
  readonly form: NonNullable<StoredOutput['form']>;
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
}): StoredOutput {
  return { sha256: output.sha256 ?? '', sizeBytes: output.sizeBytes ?? 0, form: output.form };
}

/** Whether two outputs are equal; null where their hashes cannot tell. */
export function sameStoredOutput(before: StoredOutput, after: StoredOutput): boolean | null {
  if (before.sha256 === '' || after.sha256 === '') return null;
  if (before.sha256 === after.sha256) return true;
  const [left, right] = [before.form ?? 'unknown', after.form ?? 'unknown'];
  const isOlder = (left === 'unknown') !== (right === 'unknown');
  return isOlder && left !== 'bytes' && right !== 'bytes' ? null : false;
}

/** Both sides return nothing, so that their equality says nothing. */
export function bothNothing(before: Pick<StoredOutput, 'form'>, after: Pick<StoredOutput, 'form'>): boolean {
  return before.form === 'nothing' && after.form === 'nothing';
}

/** For a person whose two implementations return nothing that could be compared. */
export function nothingCompared(before: string, after: string): string {
  return (
    `nothing was compared: run() returns nothing in ${before} and in ${after}. ` +
    'Return the result, or something that shows that the work was done'
  );
}
