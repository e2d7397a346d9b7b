import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { completeMembers } from './json-members.ts';

const VALUE = {
  number: -1.5e3,
  'quoted "key" \\': 'text with "quotes", \\ and } ] , :',
  nested: { list: [1, { deep: ['}', '"', '\\"'] }, []], empty: {} },
  truth: true,
  nothing: null,
  last: 'é𝄞',
};

test.each([undefined, 1])('any cut of a text gives its first members, whole (indented by %s)', (indent) => {
  const text = JSON.stringify(VALUE, null, indent);
  const entries = Object.entries(VALUE);
  let seen = 0;
  for (let length = 1; length <= text.length; length += 1) {
    const found = completeMembers(text.slice(0, length));
    expect([...(found ?? [])]).toEqual(entries.slice(0, found?.size));
    expect(found?.size).toBeGreaterThanOrEqual(seen);
    seen = found?.size ?? 0;
  }
  expect(seen).toBe(entries.length);
});

test('nothing is looked at behind the last that is wanted', () => {
  const found = completeMembers('{"a":1,"b":[2],"c":3,"d":broken', new Set(['b', 'a']));
  expect([...(found ?? [])]).toEqual([
    ['a', 1],
    ['b', [2]],
  ]);
});

test.each(['', '  ', '[1]', 'null', '"text"', '\u001f\u008b', '{"a":tru,', '{"a":1 2,"b":3'])(
  '%j begins no object, or a broken one',
  (text) => expect([...(completeMembers(text) ?? [])]).toEqual([]),
);

test('whatever bytes: members or none, never an error', () => {
  const random = seededRandom(1);
  const characters = '{}[]",:\\ \n01aé';
  for (let turn = 0; turn < 5000; turn += 1) {
    const pick = () => characters[Math.floor(random() * characters.length)] ?? '';
    const text = `{"a":1,${Array.from({ length: 12 }, pick).join('')}`;
    expect(() => completeMembers(text)).not.toThrow();
  }
});
