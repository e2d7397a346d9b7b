import { relative, sep } from 'node:path';
import type { Comparison } from '../compare/comparison.ts';
import type { RecordingLength } from '../compare/many-profiles.ts';
import { escapeTerminal } from '../render/escape.ts';

/** As a person in this folder would type it; elsewhere it stays absolute. */
export function fromHere(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith(`..${sep}`) || path === '' ? file : path;
}

/** The same as text of one line. */
export function shownPath(file: string): string {
  return escapeTerminal(fromHere(file));
}

/** The same comparison with its files named from here. */
export function comparisonFromHere(comparison: Comparison): Comparison {
  const { before, after, recordings } = comparison;
  const fromHereAll = (side: readonly RecordingLength[]) =>
    side.map((one) => ({ ...one, file: fromHere(one.file) }));
  return {
    ...comparison,
    before: { ...before, file: fromHere(before.file) },
    after: { ...after, file: fromHere(after.file) },
    recordings:
      recordings === null
        ? null
        : {
            ...recordings,
            before: fromHereAll(recordings.before),
            after: fromHereAll(recordings.after),
          },
  };
}
