import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { PageFrame } from '../../model.ts';
import type { CallTree } from './call-tree.ts';
import { nameOf } from './names.ts';

export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Of each function 1 where it matches. */
  | { readonly kind: 'found'; readonly matches: Uint8Array };

/** No one types a longer one, and a link should not make a page compile it. */
const LONGEST_QUERY = 1000;

/**
 * The functions whose name or file a regular expression matches, in upper or lower case.
 *
 * By RE2's engine, which takes time in proportion to the text whatever the expression is, where the browser's own might
 * never come back; it has neither back references nor looking ahead.
 *
 * @param frames of each function how it is shown, null for none
 */
export function searchFunctions(query: string, frames: readonly (PageFrame | null)[]): Search {
  if (query === '') return { kind: 'none' };
  if (query.length > LONGEST_QUERY) {
    return {
      kind: 'invalid',
      reason: `an expression of ${query.length} characters: at most ${LONGEST_QUERY}`,
    };
  }
  const compiled = compile(query);
  if (compiled.kind === 'invalid') return compiled;
  const tested = new Map<string, boolean>();
  const test = (text: string): boolean => {
    const known = tested.get(text);
    if (known !== undefined) return known;
    const found = compiled.expression.test(text);
    tested.set(text, found);
    return found;
  };
  const matches = Uint8Array.from(frames, (frame) =>
    frame !== null && (test(nameOf(frame)) || (frame.file !== '' && test(frame.file))) ? 1 : 0,
  );
  return { kind: 'found', matches };
}

function compile(query: string) {
  try {
    return { kind: 'compiled', expression: RE2JS.compile(query, RE2JS.CASE_INSENSITIVE) } as const;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return { kind: 'invalid', reason: error.message } as const;
  }
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
