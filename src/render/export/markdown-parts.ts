/** Text that stays text: no markup, no HTML, no end of a cell, no mention of anybody. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, ' ')
    .replaceAll(/[&\\`*_[\]<>|~@]/g, (mark) => `&#${mark.codePointAt(0)};`);
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
