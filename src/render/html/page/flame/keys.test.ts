import { expect, test } from 'vitest';
import { type Box, rootOf } from './chart.ts';
import { keyAction } from './keys.ts';
import { leftHeavy } from './left-heavy.ts';

/** A root of 10 ms that calls one function of 6 and one of 4. */
const TREE = { parents: Int32Array.of(-1, 0, 0), functions: Int32Array.of(0, 1, 2) };
const chart = leftHeavy(TREE, Float64Array.of(10, 6, 4));
const whole = { startMs: 0, endMs: 10 };
const root = rootOf(chart);
const first: Box = { row: 1, key: 1, node: 1, startMs: 0, endMs: 6 };
const second: Box = { row: 1, key: 2, node: 2, startMs: 6, endMs: 10 };

function pressed(key: string, selected: Box | null, range = whole) {
  const modifiers = { ctrlKey: false, metaKey: false, altKey: false };
  return keyAction({ key, ...modifiers }, { chart, selected, range, whole });
}

test.each([
  { key: 'ArrowDown', from: null, to: root },
  { key: 'ArrowLeft', from: null, to: root },
  { key: 'ArrowDown', from: root, to: first },
  { key: 'ArrowRight', from: first, to: second },
  { key: 'ArrowLeft', from: second, to: first },
  { key: 'ArrowUp', from: second, to: root },
  { key: 'Home', from: second, to: root },
  // At an edge it stays.
  { key: 'ArrowRight', from: second, to: second },
  { key: 'ArrowDown', from: second, to: second },
  { key: 'ArrowUp', from: root, to: root },
])('$key from $from.node goes to $to.node', ({ key, from, to }) => {
  expect(pressed(key, from)).toEqual({ kind: 'select', box: to });
});

test('Enter zooms to the box, Escape to all, and without a zoom it is left to the browser', () => {
  expect(pressed('Enter', second)).toEqual({ kind: 'zoom', range: second });
  expect(pressed('Enter', null)).toBeNull();
  expect(pressed('Escape', second, { startMs: 6, endMs: 10 })).toEqual({ kind: 'zoom', range: whole });
  expect(pressed('Escape', second)).toBeNull();
});

test('plus and minus zoom around what is in sight of the box', () => {
  expect(pressed('+', second)).toEqual({ kind: 'zoom', range: { startMs: 4, endMs: 9 } });
  expect(pressed('-', null, { startMs: 4, endMs: 6 })).toEqual({
    kind: 'zoom',
    range: { startMs: 3, endMs: 7 },
  });
});

test('C copies the stack of a box that is chosen', () => {
  expect(pressed('c', first)).toEqual({ kind: 'copy' });
  expect(pressed('c', null)).toBeNull();
});

test.each(['a', 'Tab', 'PageDown', '/'])('%s is left to the browser', (key) => {
  expect(pressed(key, first)).toBeNull();
});

test.each(['ctrlKey', 'metaKey', 'altKey'])('and so is what is pressed with %s', (modifier) => {
  const modifiers = { ctrlKey: false, metaKey: false, altKey: false, [modifier]: true };
  expect(keyAction({ key: 'c', ...modifiers }, { chart, selected: first, range: whole, whole })).toBeNull();
});

test('in a picture of nothing no key does anything', () => {
  const empty = leftHeavy(TREE, new Float64Array(3));
  const modifiers = { ctrlKey: false, metaKey: false, altKey: false };
  expect(
    keyAction({ key: 'ArrowDown', ...modifiers }, { chart: empty, selected: null, range: whole, whole }),
  ).toBeNull();
});
