import { expect, test } from 'vitest';
import { fitLabel } from './labels.ts';

/** Letters of 10 px; those of Chinese of 20. */
const MEASURE = {
  letterPx: 10,
  widthOf: (text: string) => [...text].reduce((sum, letter) => sum + (letter > '\u2fff' ? 20 : 10), 0),
};

test.each([
  { text: 'parse', roomPx: 50, label: 'parse' },
  { text: 'parse', roomPx: 49, label: 'par…' },
  { text: 'parse', roomPx: 30, label: 'pa…' },
  { text: 'parse', roomPx: 29, label: '' },
  { text: 'ab', roomPx: 20, label: 'ab' },
  { text: '', roomPx: 20, label: '' },
  { text: 'parse', roomPx: 0, label: '' },
  { text: '解析器', roomPx: 60, label: '解析器' },
  { text: '解析器解析器', roomPx: 60, label: '解析…' },
  { text: '解析器', roomPx: 30, label: '' },
  { text: '🦆🦆🦆🦆', roomPx: 60, label: '🦆🦆…' },
  { text: 'x'.repeat(1_000_000), roomPx: 50, label: 'xxxx…' },
])('$label of a text in $roomPx px', ({ text, roomPx, label }) => {
  expect(fitLabel(text, roomPx, MEASURE)).toBe(label);
});
