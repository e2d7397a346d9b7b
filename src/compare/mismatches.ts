import { isRecord } from '../profile/json-values.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ProfileReport } from './profile-report.ts';
import { sameStoredOutput } from './stored-output.ts';

/** One way in which two reports are not of the same work, so that neither can be called faster. */
export type Mismatch =
  | { readonly kind: 'job'; readonly before: string; readonly after: string }
  | InputMismatch
  | { readonly kind: 'output'; readonly before: MadeOutput; readonly after: MadeOutput };

export interface InputMismatch {
  readonly kind: 'input';
  /** Such as `options.size`. */
  readonly key: string;
  /** There where the side has the key; so `after`. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export type MadeOutput = ProfileReport['output'];

/** Who decides whether two outputs are the same. */
export type OutputRule =
  /** Their hashes. */
  | 'same hash'
  /** The config's own `equal`, which said yes. */
  | 'found equal'
  /** The config's own `equal`, which only a run can ask. */
  | 'own equal'
  /** Nobody: the person accepts that they differ. */
  | 'may differ';

/** Whether two outputs are equal by that rule; null where it is not known. */
export function outputsEqual(before: MadeOutput, after: MadeOutput, rule: OutputRule): boolean | null {
  if (rule === 'found equal') return true;
  const isSame = sameStoredOutput(before, after);
  return rule === 'own equal' && isSame === false ? null : isSame;
}

export type WorkDone = Pick<ProfileReport, 'job' | 'input' | 'output'>;

/** What differs in the work of two reports: job first, then each value of the input, then the output. */
export function mismatchesOf(before: WorkDone, after: WorkDone, rule: OutputRule): Mismatch[] {
  const differ = rule !== 'may differ' && outputsEqual(before.output, after.output, rule) === false;
  return [
    ...(before.job === after.job
      ? []
      : [{ kind: 'job', before: before.job, after: after.job } satisfies Mismatch]),
    ...inputMismatches(before.input, after.input),
    ...(differ ? [{ kind: 'output', before: before.output, after: after.output } satisfies Mismatch] : []),
  ];
}

/** By key, however deep: `options.size` where two objects differ in one value. */
export function inputMismatches(before: object, after: object, path = ''): InputMismatch[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): InputMismatch[] => {
    const key = `${path}${name}`;
    const [left, right] = [old.get(name), now.get(name)];
    if (old.has(name) && now.has(name)) {
      if (canonicalJson(left) === canonicalJson(right)) return [];
      if (isRecord(left) && isRecord(right)) return inputMismatches(left, right, `${key}.`);
    }
    return [
      {
        kind: 'input',
        key,
        ...(old.has(name) ? { before: left } : {}),
        ...(now.has(name) ? { after: right } : {}),
      },
    ];
  });
}

/** In a few words, for a verdict's `reason`. */
export function reasonOf(mismatches: readonly Mismatch[]): string {
  const kinds = new Set(mismatches.map(({ kind }) => kind));
  return `the two sides have different ${[...kinds].map((kind) => `${kind}s`).join(', ')}`;
}

/** What makes the two comparable. */
export function remedyOf([first]: readonly Mismatch[]): string {
  switch (first?.kind) {
    case 'job':
      return 'compare two reports of the same job';
    case 'input':
      return 'profile both sides with the same input (--input key=value)';
    default:
      return 'make both sides give the same output, or accept that they differ with --allow-different-output';
  }
}
