import { assertNever } from '../base/assert-never.ts';
import { US_PER_MS } from '../base/units.ts';
import type { Flaw } from '../profile/flaws.ts';

/** What had to be left out of a file, a sentence each. */
export function flawWarnings({
  file,
  flaws,
}: {
  readonly file: string;
  readonly flaws: readonly Flaw[];
}): string[] {
  return flaws.map((flaw) => `${file}: ${flawWords(flaw)}`);
}

function flawWords(flaw: Flaw): string {
  switch (flaw.kind) {
    case 'thread skipped':
      return `thread ${flaw.thread} was skipped: ${flaw.why}`;
    case 'headless part skipped':
      return `${counted(flaw.samples, 'sample')} of ${flaw.thread} were skipped: they belong to a profile that began before the trace did`;
    case 'samples skipped':
      return `${counted(flaw.samples, 'sample')} of thread ${flaw.thread} (${msOf(flaw.spentUs)}) name functions that are not in the file: their time is in (root)`;
    case 'values skipped':
      return `each sample's ${flaw.used} is used${flaw.others.length === 0 ? '' : `, and not its ${flaw.others.join(', ')}`}`;
    case 'lines skipped':
      return `skipped ${counted(flaw.lines, 'line')} without a stack and a count; the first is line ${flaw.first}`;
    case 'locations missing':
      return `${counted(flaw.locations, 'location')} of stacks are not described in the file: shown as (unknown)`;
    case 'nodes skipped':
      return `${counted(flaw.nodes, 'node')} of the call tree of thread ${flaw.thread} were skipped: part of the tree is not in the file`;
    case 'recorded twice':
      return `thread ${flaw.thread} was recorded twice at the same time: ${msOf(flaw.overlapUs)} of the second profile were left out`;
    default:
      return assertNever(flaw);
  }
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

function msOf(us: number): string {
  return `${(us / US_PER_MS).toFixed(1)} ms`;
}
