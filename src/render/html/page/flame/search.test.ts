import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnRecording } from '../../../../../tests/support/drawn-recording.ts';
import { nodeSelfMs } from '../../self-times.ts';
import { totalsOf } from './call-tree.ts';
import { matchedMs, type Search, searchFunctions } from './search.ts';

const recording = drawnRecording(`
  main   main   main   main   (idle)
  parse  parse  sort   read   .
  read   parse  read   .      .
`);
const [thread] = recording.threads;
if (thread === undefined) throw new Error('nothing was drawn');
const tree = { parents: thread.nodeParents, functions: thread.nodeFrames };
const totals = totalsOf(tree, nodeSelfMs(thread, null));

function found(query: string): Extract<Search, { kind: 'found' }> {
  const search = searchFunctions(query, recording.frames);
  if (search.kind !== 'found') throw new Error(`${query} is ${JSON.stringify(search)}`);
  return search;
}

test.each([
  { query: 'read', ms: 3, why: 'once in each of three stacks' },
  { query: '^parse$', ms: 2, why: 'parse in parse counts once' },
  { query: 'PARSE|sort', ms: 3, why: 'case is no matter' },
  { query: 'main|read', ms: 4, why: 'read lies in main' },
  { query: 'job\\.ts', ms: 4, why: 'all have that file but the engine’s' },
  { query: 'own files', ms: 5, why: 'their package has that name' },
  { query: '\\(idle\\)', ms: 1, why: 'what is no function is found too' },
  { query: 'nothing', ms: 0, why: 'no name has it' },
  { query: '.', ms: 5, why: 'all of it' },
])('$query matches $ms ms: $why', ({ query, ms }) => {
  expect(matchedMs(tree, totals, found(query).matches)).toBe(ms);
});

test('nothing typed is no search', () => {
  expect(searchFunctions('', recording.frames)).toEqual({ kind: 'none' });
});

test.each([
  '(',
  '[z-a]',
  '*',
  '(?=a)',
  '\\1',
  '(?<a>b)\\k<a>',
  '(?i:a)',
  '((a{99}){99}){99}',
  'a'.repeat(501),
])('%s is told to be invalid', (query) => {
  expect(searchFunctions(query, recording.frames)).toMatchObject({
    kind: 'invalid',
    reason: expect.stringMatching(/.{5}/),
  });
});

const named = (name: string) => ({ name, file: '', line: 0, column: 0, origin: '', engine: false, row: -1 });

test('an expression that would keep a backtracking engine for ever is answered', () => {
  const name = named(`${'a'.repeat(500)}!`);
  expect(searchFunctions('^(a+)+$', [name])).toEqual({ kind: 'found', matches: Uint8Array.of(0) });
  expect(searchFunctions('^(a|a)*!$', [name])).toEqual({ kind: 'found', matches: Uint8Array.of(1) });
});

test('one that would take long on many names is given up, and said so', () => {
  const names = Array.from({ length: 5000 }, (_, index) => named(`${'ab'.repeat(400)}${index}`));
  expect(searchFunctions('(.*){50}x(a?b?){400}', names)).toMatchObject({ kind: 'invalid' });
});

test('whatever is typed is found or invalid, and does not throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\\()[\]{}*+?|^$.a-c0-9]{0,12}$/)),
      (query) => {
        expect(['none', 'found', 'invalid']).toContain(searchFunctions(query, recording.frames).kind);
      },
    ),
    { seed: 1, numRuns: 3000 },
  );
});
