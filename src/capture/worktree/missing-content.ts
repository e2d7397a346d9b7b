import { OutpaceError } from '../../base/errors.ts';

/** Something that a commit has, and that could not be put into its worktree. */
export interface MissingContent {
  /** From the repository's top, with slashes. */
  readonly path: string;
  readonly reason: string;
  /** What the user can do about it. */
  readonly remedy: string;
  /** Whether this tree has the like of it: then the two cannot be compared. */
  readonly hereToo: boolean;
}

const NAMED = 5;

/** @throws OutpaceError STORE_FAILED for what this tree has and the other one lacks */
export function rejectUnequalTrees(missing: readonly MissingContent[], commit: string): void {
  const unequal = missing.filter(({ hereToo }) => hereToo);
  if (unequal.length === 0) return;
  throw new OutpaceError(
    'STORE_FAILED',
    `commit ${commit.slice(0, 8)} cannot be measured, because this tree has content that is not available for it:\n` +
      missingLines(unequal).join('\n'),
  );
}

/** What is missing on both sides is only a fault if something needs it; then this explains the failure. */
export function missingLines(missing: readonly MissingContent[]): string[] {
  const more = missing.length - NAMED;
  return [
    ...missing.slice(0, NAMED).map(({ path, reason }) => `  ${path}: ${reason}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...[...new Set(missing.map(({ remedy }) => remedy))]
      .slice(0, NAMED)
      .map((remedy) => `  To get it: ${remedy}`),
  ];
}
