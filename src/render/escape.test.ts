import { expect, test } from 'vitest';
import { escapeTerminal } from './escape.ts';

test.each([
  { what: 'a colour', text: '\u001b[31mred', shown: '\\x1b[31mred' },
  { what: 'a C1 control sequence', text: '\u009b2J', shown: '\\x9b2J' },
  { what: 'a carriage return', text: 'a\rb', shown: 'a\\x0db' },
  { what: 'a line feed', text: 'a\nb', shown: 'a\\x0ab' },
  { what: 'an override of direction', text: 'a\u202eb', shown: 'a\\u202eb' },
  { what: 'a lone surrogate', text: 'a\ud800b', shown: 'a\\ud800b' },
  { what: 'an invisible space', text: 'a\u200bb', shown: 'a\\u200bb' },
  { what: 'letters of any script, and an emoji', text: 'Göttingen 東京 🚀', shown: 'Göttingen 東京 🚀' },
])('$what', ({ text, shown }) => expect(escapeTerminal(text)).toBe(shown));
