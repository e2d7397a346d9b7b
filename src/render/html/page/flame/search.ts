import type { PageFrame } from '../../model.ts';
import type { CallTree } from './call-tree.ts';
import { nameOf } from './names.ts';
import { type Budget, compilePattern, matchesText } from './pattern-match.ts';
import { parsePattern } from './pattern-tree.ts';

export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Of each function 1 where it matches. */
  | { readonly kind: 'found'; readonly matches: Uint8Array };

/** No one types a longer one, and a link should not make a page work on it. */
const LONGEST_QUERY = 500;
/** Of a longer name this much is searched. */
const LONGEST_NAME = 1000;
/** Well below a second. */
const MOST_STEPS = 5_000_000;

/**
 * The functions whose name, file or package a regular expression matches, in upper or lower case.
 *
 * It always comes to an end, where the browser's own might not within a lifetime: each distinct text is walked along once.
 *
 * @param frames of each function how it is shown, null for none
 */
export function searchFunctions(query: string, frames: readonly (PageFrame | null)[]): Search {
  if (query === '') return { kind: 'none' };
  if (query.length > LONGEST_QUERY) {
    return { kind: 'invalid', reason: `it has ${query.length} characters, of at most ${LONGEST_QUERY}` };
  }
  const parsed = parsePattern(query);
  if (parsed.kind === 'invalid') return parsed;
  const program = compilePattern(parsed.pattern);
  if (program === null) return { kind: 'invalid', reason: 'its repetitions are too many' };
  const budget: Budget = { left: MOST_STEPS };
  const tested = new Map<string, boolean>();
  const test = (text: string): boolean => {
    const found = tested.get(text) ?? matchesText(program, text.slice(0, LONGEST_NAME), budget);
    tested.set(text, found);
    return found;
  };
  const matches = Uint8Array.from(frames, (frame) =>
    frame !== null && [nameOf(frame), frame.file, frame.origin].some(test) ? 1 : 0,
  );
  if (budget.left <= 0) return { kind: 'invalid', reason: 'it takes too long on so many names' };
  return { kind: 'found', matches };
}

/**
 * The time in matching functions and what they called, ms. Of matches that lie in one stack the outermost alone counts.
 */
export function matchedMs(tree: CallTree, totals: Float64Array, matches: Uint8Array): number {
  const { parents, functions } = tree;
  const covered = new Uint8Array(parents.length);
  let sum = 0;
  for (let node = 0; node < parents.length; node += 1) {
    const above = covered[parents[node] ?? -1] ?? 0;
    const matching = matches[functions[node] ?? -1] ?? 0;
    covered[node] = above | matching;
    if (matching === 1 && above === 0) sum += totals[node] ?? 0;
  }
  return sum;
}
