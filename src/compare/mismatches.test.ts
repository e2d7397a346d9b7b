import { describe, expect, test } from 'vitest';
import { mismatchesOf, type WorkDone } from './mismatches.ts';

const hash = (letter: string) => ({ sha256: letter.repeat(64), sizeBytes: 5 });
const work = (known: Partial<WorkDone> = {}): WorkDone => ({
  ...{ job: 'sort', input: { size: 10, options: { stable: true, depth: 3 } }, output: hash('a') },
  ...known,
});
const differing = (known: Partial<WorkDone>) => mismatchesOf(work(), work(known), 'same hash');

describe('what differs in the work of two reports', () => {
  test('nothing, though the keys stand in another order', () => {
    expect(differing({ input: { options: { depth: 3, stable: true }, size: 10 } })).toEqual([]);
  });

  test('the job', () =>
    expect(differing({ job: 'search' })).toEqual([{ kind: 'job', before: 'sort', after: 'search' }]));

  test.each([
    {
      what: 'a value',
      input: { size: 11, options: { stable: true, depth: 3 } },
      finds: [{ key: 'size', before: 10, after: 11 }],
    },
    {
      what: 'a value in an object',
      input: { size: 10, options: { stable: true, depth: 4 } },
      finds: [{ key: 'options.depth', before: 3, after: 4 }],
    },
    {
      what: 'keys that only one side has',
      input: { size: 10, options: { stable: true, depth: 3 }, seed: null },
      finds: [{ key: 'seed', after: null }],
    },
    {
      what: 'an object and a list of the same entries',
      input: { size: 10, options: [true, 3] },
      finds: [{ key: 'options', before: { stable: true, depth: 3 }, after: [true, 3] }],
    },
    {
      what: 'a number and its text',
      input: { size: '10', options: { stable: true, depth: 3 } },
      finds: [{ key: 'size', before: 10, after: '10' }],
    },
    {
      what: 'all of it',
      input: {},
      finds: [
        { key: 'size', before: 10 },
        { key: 'options', before: { stable: true, depth: 3 } },
      ],
    },
  ])('the input: $what', ({ input, finds }) => {
    expect(differing({ input })).toEqual(finds.map((one) => ({ kind: 'input', ...one })));
  });

  test.each([
    { rule: 'same hash', found: 1 },
    { rule: 'found equal', found: 0 },
    { rule: 'own equal', found: 0 },
    { rule: 'may differ', found: 0 },
  ] as const)('the output, by the rule "$rule": $found', ({ rule, found }) => {
    expect(mismatchesOf(work(), work({ output: hash('b') }), rule)).toHaveLength(found);
  });
});
