/**
 * The options in `NODE_OPTIONS`, split as Node splits them: at spaces, except inside double quotes, where a backslash
 * escapes the next character.
 *
 * @returns null for text that Node itself rejects: an open quote, or a backslash at the end
 */
export function parseNodeOptions(text: string): string[] | null {
  const words: string[] = [];
  let inQuotes = false;
  let startsWord = true;
  for (let at = 0; at < text.length; at += 1) {
    let character = text.charAt(at);
    if (character === '\\' && inQuotes) {
      at += 1;
      if (at === text.length) return null;
      character = text.charAt(at);
    } else if (character === ' ' && !inQuotes) {
      startsWord = true;
      continue;
    } else if (character === '"') {
      inQuotes = !inQuotes;
      continue;
    }
    if (startsWord) words.push('');
    startsWord = false;
    words[words.length - 1] += character;
  }
  return inQuotes ? null : words;
}

/** The inverse of `parseNodeOptions`. */
export function formatNodeOptions(words: readonly string[]): string {
  return words
    .map((word) => (/[ "\\]/.test(word) ? `"${word.replaceAll(/["\\]/g, '\\$&')}"` : word))
    .join(' ');
}
