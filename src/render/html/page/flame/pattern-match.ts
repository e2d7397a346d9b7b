import { assertNever } from '../../../../base/assert-never.ts';
import type { Pattern, Place } from './pattern-tree.ts';

type Step =
  | { readonly kind: 'letter'; readonly test: (letter: string) => boolean }
  | { readonly kind: 'place'; readonly at: Place }
  | { readonly kind: 'fork'; readonly to: number[] }
  | { readonly kind: 'found' };

/** A pattern as steps to be walked along a text. */
export type Program = readonly Step[];

const MOST_STEPS = 5000;

/** null where the repetitions make more steps than are reasonable. */
export function compilePattern(pattern: Pattern): Program | null {
  const steps: Step[] = [];
  const complete = emit(pattern, steps);
  steps.push({ kind: 'found' });
  return complete ? steps : null;
}

/** Adds the steps of a pattern, which go on behind the last of them; false where they became too many. */
function emit(pattern: Pattern, steps: Step[]): boolean {
  if (steps.length > MOST_STEPS) return false;
  switch (pattern.kind) {
    case 'letter':
    case 'place':
      steps.push(pattern);
      return true;
    case 'sequence':
      return pattern.parts.every((part) => emit(part, steps));
    case 'choice':
      return emitChoice(pattern.options, steps);
    case 'repeat':
      return emitRepeat(pattern, steps);
    default:
      return assertNever(pattern);
  }
}

function emitChoice(options: readonly Pattern[], steps: Step[]): boolean {
  const fork = forkAt(steps);
  const ends: number[][] = [];
  for (const option of options) {
    fork.push(steps.length);
    if (!emit(option, steps)) return false;
    ends.push(forkAt(steps));
  }
  for (const end of ends) end.push(steps.length);
  return true;
}

function emitRepeat({ part, least, most }: Extract<Pattern, { kind: 'repeat' }>, steps: Step[]): boolean {
  for (let time = 0; time < least; time += 1) if (!emit(part, steps)) return false;
  if (most === Number.POSITIVE_INFINITY) {
    const loop = steps.length;
    const fork = forkAt(steps);
    fork.push(steps.length);
    if (!emit(part, steps)) return false;
    forkAt(steps).push(loop);
    fork.push(steps.length);
    return true;
  }
  const skips: number[][] = [];
  for (let time = least; time < most; time += 1) {
    const fork = forkAt(steps);
    fork.push(steps.length);
    skips.push(fork);
    if (!emit(part, steps)) return false;
  }
  for (const skip of skips) skip.push(steps.length);
  return true;
}

function forkAt(steps: Step[]): number[] {
  const to: number[] = [];
  steps.push({ kind: 'fork', to });
  return to;
}

/** What a walk may still cost, in steps looked at; it is counted down. */
export interface Budget {
  left: number;
}

/**
 * Whether a program matches anywhere in a text: Thompson's walk, which keeps all places of the program that the text so
 * far can have led to, and so takes no longer than both lengths multiplied (Regular expression search algorithm,
 * Communications of the ACM 11, 1968). False when the budget is spent.
 */
export function matchesText(program: Program, text: string, budget: Budget): boolean {
  const letters = [...text];
  const seen = new Int32Array(program.length).fill(-1);
  let waiting: number[] = [];
  for (let at = 0; at <= letters.length && budget.left > 0; at += 1) {
    const reached: number[] = [];
    const open = [0, ...waiting];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      if (seen[step] === at) continue;
      seen[step] = at;
      budget.left -= 1;
      const now = program[step];
      if (now?.kind === 'found') return true;
      if (now?.kind === 'letter') reached.push(step);
      else if (now?.kind === 'fork') open.push(...now.to);
      else if (now?.kind === 'place' && isPlace(now.at, letters, at)) open.push(step + 1);
    }
    const letter = letters[at];
    if (letter === undefined) return false;
    waiting = [];
    for (const step of reached) {
      const now = program[step];
      if (now?.kind === 'letter' && now.test(letter)) waiting.push(step + 1);
    }
  }
  return false;
}

function isPlace(place: Place, letters: readonly string[], at: number): boolean {
  if (place === 'start') return at === 0;
  if (place === 'end') return at === letters.length;
  const isWord = (letter: string | undefined) => letter !== undefined && /^\w$/iu.test(letter);
  const edge = isWord(letters[at - 1]) !== isWord(letters[at]);
  return place === 'edge of a word' ? edge : !edge;
}
