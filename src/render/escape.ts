// Control and formatting characters, line separators, lone surrogates, invisible characters and what is no character: what
// could move a cursor, turn a line around, or be shown as something that it is not. Emoji need variation selectors.
const UNSAFE =
  /(?![\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\ufffe\uffff]/gu;
/** The same, but for what makes lines and columns of a text. */
const UNSAFE_IN_LINES = new RegExp(`(?![\\n\\t])${UNSAFE.source}`, 'gu');
/** What a CI system takes for a command wherever it stands in a log: GitHub, Azure Pipelines, TeamCity. */
const LOG_COMMAND = /##(?=\[|vso\[|teamcity\[)/gi;

/** Makes untrusted text harmless on a terminal, in one line: each unsafe character is shown as its escape. */
export function escapeTerminal(text: string): string {
  return text.replace(UNSAFE, escapeOf);
}

/** The same of a text whose lines and tabs stay. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE_IN_LINES, escapeOf);
}

/** Each unsafe character as a blank, for formats in which a backslash is markup. */
export function blankUnsafe(text: string): string {
  return text.replace(UNSAFE, ' ');
}

/** Makes a text of several lines harmless on a terminal and in a CI system's log. */
export function escapeLines(text: string): string {
  return (
    escapeControls(text)
      .replace(LOG_COMMAND, '#\\x23')
      // GitHub's workflow commands; whitespace before them is ignored.
      .replace(/^(\s*:):/gm, '$1\\x3a')
  );
}

/** The same of JSON, which stays equal: what is escaped stands in its strings. */
export function escapeJson(json: string): string {
  return json
    .replace(UNSAFE_IN_LINES, (character) => character.split('').map(unicodeEscape).join(''))
    .replace(LOG_COMMAND, '#\\u0023');
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(character);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Untrusted text as the text or an attribute's value of XML, which has no way at all to hold most control characters. */
export function escapeXml(text: string): string {
  return escapeTerminal(text).replace(/[&<>"']/g, (mark) => XML_ENTITIES[mark] ?? mark);
}
