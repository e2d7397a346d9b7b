import { assertNever } from '../base/assert-never.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { InputMismatch, MadeOutput, Mismatch } from '../compare/mismatches.ts';
import { escapeTerminal } from './escape.ts';
import { whole } from './format.ts';

/** How the work of two sides differs, as far as it is shown: text, with nothing escaped. */
export interface MismatchText {
  readonly headline: string;
  readonly differences: readonly string[];
  readonly remedy: string;
}

/** What stands in the place of a verdict; null where the two sides did the same work. */
export function mismatchText({ mismatches, verdict, before, after }: Comparison): MismatchText | null {
  if (mismatches.length === 0 || verdict.kind !== 'inconclusive') return null;
  return {
    headline: `No verdict: ${before.implementation} and ${after.implementation} did not do the same work.`,
    differences: differenceTexts(mismatches),
    remedy: `To decide: ${verdict.remedy}`,
  };
}

/** The same for a terminal. */
export function mismatchLines({ headline, differences, remedy }: MismatchText): string[] {
  return [headline, ...differences.map((line) => `  ${line}`), remedy].map(escapeTerminal);
}

/** In one line each: what differs, whatever is made of it. */
export function differenceTexts(mismatches: readonly Mismatch[]): string[] {
  return mismatches.map(differenceText);
}

function differenceText(mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'job':
      return `job: ${mismatch.before} before, ${mismatch.after} after`;
    case 'input':
      return `input ${mismatch.key}: ${valueText(mismatch, 'before')} before, ${valueText(mismatch, 'after')} after`;
    case 'output':
      return `output: ${outputText(mismatch.before)} before, ${outputText(mismatch.after)} after`;
    default:
      return assertNever(mismatch);
  }
}

/** Such as `size: 99, not 10`: of one input against that of another. */
export function otherInputText(mismatch: InputMismatch): string {
  return `${mismatch.key}: ${valueText(mismatch, 'before')}, not ${valueText(mismatch, 'after')}`;
}

/** A value of the input may be a whole document. */
const MOST_CHARACTERS = 60;

function valueText(mismatch: InputMismatch, side: 'before' | 'after'): string {
  if (!Object.hasOwn(mismatch, side)) return 'not set';
  const text = JSON.stringify(mismatch[side]) ?? 'not set';
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

function outputText({ sha256, sizeBytes }: MadeOutput): string {
  return `${whole(sizeBytes)} ${sizeBytes === 1 ? 'byte' : 'bytes'} (sha256 ${sha256.slice(0, 12)}…)`;
}
