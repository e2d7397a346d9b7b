import { blankUnsafe } from '../escape.ts';

/** Text that stays text: no markup, no HTML, no end of a cell, no link, no mention of anybody or of an issue. */
export function escapeMarkdown(text: string): string {
  // Pages are searched for mentions and issues after they are rendered: what parts them must be there then.
  return escapeMarks(text)
    .replaceAll('&#64;', '&#64;&#8203;')
    .replaceAll(/(?<!&)#(?=\d)/g, '#&#8203;');
}

/** The same as code, where nobody looks for mentions, so that it can be copied as it is. */
export function markdownCode(text: string): string {
  return `<code>${escapeMarks(text)}</code>`;
}

function escapeMarks(text: string): string {
  return blankUnsafe(text)
    .replaceAll(/[&\\`*_[\]<>|~$@]/g, (mark) => `&#${mark.codePointAt(0)};`)
    .replaceAll('://', '&#58;//')
    .replaceAll(/www(?=\.)/gi, (letters) => `&#${letters.codePointAt(0)};${letters.slice(1)}`);
}

export function tableRow(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Not escaped. */
export function placeInMarkdown({
  name,
  file,
  line,
}: {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}): string {
  if (file === '') return name;
  return `${name === '' ? '(anonymous)' : name} (${file.split('/').at(-1)}:${line})`;
}
