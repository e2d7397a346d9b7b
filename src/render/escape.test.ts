import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { escapeJson, escapeLines, escapeTerminal } from './escape.ts';

test.each([
  { what: 'a colour', text: '\u001b[31mred', shown: '\\x1b[31mred' },
  { what: 'a C1 control sequence', text: '\u009b2J', shown: '\\x9b2J' },
  { what: 'a carriage return', text: 'a\rb', shown: 'a\\x0db' },
  { what: 'a line feed', text: 'a\nb', shown: 'a\\x0ab' },
  { what: 'NUL and DEL', text: 'a\u0000b\u007f', shown: 'a\\x00b\\x7f' },
  { what: 'an override of direction', text: 'a\u202eb', shown: 'a\\u202eb' },
  { what: 'an isolate', text: 'a\u2066b\u2069', shown: 'a\\u2066b\\u2069' },
  { what: 'marks of direction', text: '\u200e\u200f\u061c', shown: '\\u200e\\u200f\\u061c' },
  { what: 'a line separator', text: 'a\u2028b', shown: 'a\\u2028b' },
  { what: 'a lone surrogate', text: 'a\ud800b', shown: 'a\\ud800b' },
  { what: 'an invisible space', text: 'a\u200bb', shown: 'a\\u200bb' },
  { what: 'a letter that shows nothing', text: 'a\u3164b', shown: 'a\\u3164b' },
  { what: 'a soft hyphen', text: 'a\u00adb', shown: 'a\\xadb' },
  { what: 'an invisible tag', text: 'a\u{e0041}b', shown: 'a\\u{e0041}b' },
  { what: 'letters of any script, and an emoji', text: 'Göttingen 東京 🚀 ❤️', shown: 'Göttingen 東京 🚀 ❤️' },
])('$what', ({ text, shown }) => {
  expect(escapeTerminal(text)).toBe(shown);
  // What is escaped once is not escaped again.
  expect(escapeTerminal(shown)).toBe(shown);
});

describe('lines', () => {
  test.each([
    { what: 'lines and columns stay', text: 'a\tb\nc\n', shown: 'a\tb\nc\n' },
    { what: 'a colour does not', text: 'a\n\u001b[31mb', shown: 'a\n\\x1b[31mb' },
    { what: 'nor a carriage return', text: 'a\r\n', shown: 'a\\x0d\n' },
    { what: 'a workflow command', text: 'a\n::error::b', shown: 'a\n:\\x3aerror::b' },
    { what: 'one behind blanks', text: ' \u00a0\t::set-output::b', shown: ' \u00a0\t:\\x3aset-output::b' },
    { what: 'an older one, anywhere', text: 'a ##[add-mask]b', shown: 'a #\\x23[add-mask]b' },
    { what: 'Azure’s and TeamCity’s', text: '##vso[x]##teamcity[y]', shown: '#\\x23vso[x]#\\x23teamcity[y]' },
    { what: 'a name in C++', text: 'in std::vector', shown: 'in std::vector' },
    { what: 'a heading', text: '## [link]', shown: '## [link]' },
  ])('$what', ({ text, shown }) => {
    expect(escapeLines(text)).toBe(shown);
    expect(escapeLines(shown)).toBe(shown);
  });
});

test('JSON stays equal, and has nothing in it that a terminal or a log would act on', () => {
  const random = seededRandom(7);
  const pieces = [
    '\u009b',
    '\u202e',
    '\u{e0041}',
    '\ud800',
    '##[error]',
    '\\',
    '"',
    '\u2028',
    'é',
    '🚀',
    '\n',
  ];
  for (let turn = 0; turn < 300; turn += 1) {
    const text = Array.from({ length: 6 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const json = JSON.stringify({ [text]: [text, 1] }, null, turn % 2);
    const escaped = escapeJson(json);
    expect(JSON.parse(escaped)).toEqual(JSON.parse(json));
    expect(escaped).toBe(escapeLines(escaped));
  }
});
