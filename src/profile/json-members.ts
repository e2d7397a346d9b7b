const SPACE = /[ \t\n\r]*/y;

/**
 * The members of a JSON object that are complete in the beginning of its text.
 *
 * @param beginning of the text, cut anywhere
 * @param wanted what follows the last of these is not looked at
 * @returns null where that is not the beginning of an object
 */
export function completeMembers(
  beginning: string,
  wanted?: ReadonlySet<string>,
): Map<string, unknown> | null {
  let missing = wanted?.size ?? Number.POSITIVE_INFINITY;
  const members = new Map<string, unknown>();
  let at = skipSpace(beginning, 0);
  if (beginning[at] !== '{') return null;
  try {
    for (;;) {
      const keyStart = skipSpace(beginning, at + 1);
      const keyEnd = beginning[keyStart] === '"' ? endOfString(beginning, keyStart) : null;
      if (keyEnd === null) return members;
      const colon = skipSpace(beginning, keyEnd);
      const end = beginning[colon] === ':' ? endOfValue(beginning, colon + 1) : null;
      if (end === null) return members;
      const key = String(JSON.parse(beginning.slice(keyStart, keyEnd)));
      members.set(key, JSON.parse(beginning.slice(colon + 1, end)));
      if (wanted?.has(key)) missing -= 1;
      at = end;
      if (missing === 0 || beginning[at] !== ',') return members;
    }
  } catch {
    return null;
  }
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  return from + (SPACE.exec(text)?.[0].length ?? 0);
}

/** Where the comma or bracket after a value stands; null where the text ends first. */
function endOfValue(text: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (end === null) return null;
      at = end - 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (depth === 0 && (character === ',' || character === '}' || character === ']')) return at;
    else if (character === '}' || character === ']') depth -= 1;
  }
  return null;
}

function endOfString(text: string, from: number): number | null {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
  return null;
}
