import { expect, test } from 'vitest';
import { handleAfterKey, windowBetween, withHandle } from './brushing.ts';

test.each([
  { one: 10, other: 30, expected: { startMs: 10, endMs: 30 } },
  { one: 30, other: 10, expected: { startMs: 10, endMs: 30 } },
  { one: -5, other: 500, expected: { startMs: 0, endMs: 100 } },
  { one: 10, other: 10, expected: null },
  { one: 120, other: 130, expected: null },
])('dragged from $one to $other', ({ one, other, expected }) => {
  expect(windowBetween(one, other, 100)).toEqual(expected);
});

test.each([
  { key: 'ArrowLeft', to: 49 },
  { key: 'ArrowRight', to: 51 },
  { key: 'ArrowUp', to: 51 },
  { key: 'ArrowDown', to: 49 },
  { key: 'PageUp', to: 60 },
  { key: 'PageDown', to: 40 },
  { key: 'Home', to: 0 },
  { key: 'End', to: 100 },
  { key: 'ArrowRight', shiftKey: true, to: 60 },
  { key: 'x', to: null },
])('$key puts a handle at 50 to $to', ({ key, shiftKey = false, to }) => {
  expect(handleAfterKey({ key, shiftKey }, 50, 100)).toBe(to);
});

test('a handle stays within the span', () => {
  expect(handleAfterKey({ key: 'ArrowLeft', shiftKey: false }, 0.5, 100)).toBe(0);
  expect(handleAfterKey({ key: 'PageUp', shiftKey: false }, 95, 100)).toBe(100);
});

test.each([
  { handle: 'start', atMs: 30, expected: { startMs: 30, endMs: 60 } },
  { handle: 'start', atMs: 90, expected: { startMs: 59, endMs: 60 } },
  { handle: 'end', atMs: 10, expected: { startMs: 20, endMs: 21 } },
  { handle: 'end', atMs: 100, expected: { startMs: 20, endMs: 100 } },
] as const)('the $handle of 20 to 60 moved to $atMs', ({ handle, atMs, expected }) => {
  expect(withHandle({ startMs: 20, endMs: 60 }, { handle, atMs, spanMs: 100 })).toEqual(expected);
});

test('all of the span is no window', () => {
  expect(withHandle({ startMs: 20, endMs: 100 }, { handle: 'start', atMs: 0, spanMs: 100 })).toBeNull();
});
