// Control characters, bidirectional marks, line separators, lone surrogates and what is no character: what could move a cursor, turn a line
// around, or be shown as something that it is not.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]/gu;

/** Makes untrusted text harmless on a terminal, each unsafe character shown as its escape. */
export function escapeTerminal(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    return code < 256
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
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
