import { expect, test } from 'vitest';
import { momentAfterKey } from './moments.ts';

const NO_MODIFIERS = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const SIZE = { lanes: 3, spanMs: 200 };

test.each([
  { key: 'ArrowRight', from: { lane: 1, atMs: 50 }, to: { lane: 1, atMs: 52 } },
  { key: 'ArrowLeft', from: { lane: 1, atMs: 50 }, to: { lane: 1, atMs: 48 } },
  { key: 'ArrowLeft', from: { lane: 1, atMs: 1 }, to: { lane: 1, atMs: 0 } },
  { key: 'ArrowRight', from: { lane: 1, atMs: 199 }, to: { lane: 1, atMs: 200 } },
  { key: 'ArrowDown', from: { lane: 1, atMs: 50 }, to: { lane: 2, atMs: 50 } },
  { key: 'ArrowDown', from: { lane: 2, atMs: 50 }, to: { lane: 2, atMs: 50 } },
  { key: 'ArrowUp', from: { lane: 0, atMs: 50 }, to: { lane: 0, atMs: 50 } },
  { key: 'Tab', from: { lane: 0, atMs: 50 }, to: null },
])('$key from thread $from.lane at $from.atMs ms', ({ key, from, to }) => {
  expect(momentAfterKey({ key, ...NO_MODIFIERS }, from, SIZE)).toEqual(to);
});

test('with Shift ten times as far; what is pressed with Ctrl is left to the browser', () => {
  const from = { lane: 0, atMs: 50 };
  expect(momentAfterKey({ key: 'ArrowRight', ...NO_MODIFIERS, shiftKey: true }, from, SIZE)?.atMs).toBe(70);
  expect(momentAfterKey({ key: 'ArrowRight', ...NO_MODIFIERS, ctrlKey: true }, from, SIZE)).toBeNull();
});
