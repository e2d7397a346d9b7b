/**
 * What a reader had to leave out of a recording that is otherwise sound. A time is part of the thread's whole, and stands
 * at `(root)` there.
 */
export type Flaw =
  /** A thread of which nothing can be used. */
  | { readonly kind: 'thread skipped'; readonly thread: string; readonly why: string }
  /** The parts of an earlier recording, whose beginning is not in the file. */
  | { readonly kind: 'headless part skipped'; readonly thread: string; readonly samples: number }
  /** Samples of functions that the file does not describe, or that have no time of their own. */
  | {
      readonly kind: 'samples skipped';
      readonly thread: string;
      readonly samples: number;
      readonly spentUs: number;
    }
  /** Values of a sample other than the one that is read, and which that is. */
  | { readonly kind: 'values skipped'; readonly used: string; readonly others: readonly string[] }
  /** Lines of text that are no stack with a count, the first of them by its number. */
  | { readonly kind: 'lines skipped'; readonly lines: number; readonly first: number }
  /** Places in stacks that the file does not describe; they are shown as unknown functions. */
  | { readonly kind: 'locations missing'; readonly locations: number }
  /** Nodes of the call tree that hang from nothing, or that are named and not described. */
  | { readonly kind: 'nodes skipped'; readonly thread: string; readonly nodes: number }
  /** A thread that two profilers recorded at the same time, of which one recording counts. */
  | { readonly kind: 'recorded twice'; readonly thread: string; readonly overlapUs: number };

/** What was left out of one thread. */
export interface SkippedParts {
  samples: number;
  spentUs: number;
  nodes: number;
}

/** As flaws of a thread; none where nothing was left out. */
export function flawsOf(thread: string, { samples, spentUs, nodes }: Readonly<SkippedParts>): Flaw[] {
  return [
    ...(nodes === 0 ? [] : [{ kind: 'nodes skipped', thread, nodes } as const]),
    ...(samples === 0 ? [] : [{ kind: 'samples skipped', thread, samples, spentUs } as const]),
  ];
}
