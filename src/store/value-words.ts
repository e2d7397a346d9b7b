import type { ValueRecords } from './value-records.ts';

/** So much of a text is shown. */
const SHOWN_CHARS = 96;
const SHOWN_PARTS = 4;
/** So much stands before the first character that differs. */
const CONTEXT_CHARS = 24;
/** Of members of a cycle. */
export const CYCLIC = '~';
export const TEXT_HEAD = '(text)';

/** Whether a name leads to a record; any other is the value itself. */
export function isRecord(name: string): boolean {
  return /^(#|~|text \d)/.test(name);
}

/** A part as a person would write it, as far as it fits. */
export async function shownName(file: ValueRecords, name: string): Promise<string> {
  if (!isRecord(name)) return clipped(name);
  const { head, content, nextPart } = await file.record(name);
  const parts: string[] = [];
  for (let part = await nextPart(); part !== null; part = await nextPart()) {
    if (head === TEXT_HEAD) return clipped(part.name);
    if (parts.length === SHOWN_PARTS) {
      parts.push('…');
      break;
    }
    parts.push(`${label(part.label)}${isRecord(part.name) ? '…' : part.name}`);
  }
  const inside = content === '' ? '' : ` (${content.split('\t')[0]} bytes)`;
  return clipped(`${shownHead(head)}${inside}${parts.length === 0 ? '' : ` { ${parts.join(', ')} }`}`);
}

/** What an object is: its class, length and the like. */
export function shownHead(head: string): string {
  const [, name = '', length, rest = ''] = /^(.*Array) (\d+)( with holes)?$/.exec(head) ?? [];
  if (length !== undefined) return `${name.split(' extends ')[0]} of length ${length}${rest}`;
  const [, time] = /^Date (-?\d+)$/.exec(head) ?? [];
  return time === undefined ? clipped(head) : `Date ${new Date(Number(time)).toISOString()}`;
}

/** Two texts around the first character that differs. */
export function excerpts({ before, after }: { readonly before: string; readonly after: string }): {
  readonly before: string;
  readonly after: string;
} {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  const from =
    before.length <= SHOWN_CHARS && after.length <= SHOWN_CHARS ? 0 : Math.max(0, at - CONTEXT_CHARS);
  const excerpt = (text: string) => `${from > 0 ? '…' : ''}${clipped(text.slice(from))}`;
  return { before: excerpt(before), after: excerpt(after) };
}

function label(of: string): string {
  if (of === '') return '';
  return isRecord(of) ? '…: ' : `${of.replace(/^\./, '')}: `;
}

function clipped(text: string): string {
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}
