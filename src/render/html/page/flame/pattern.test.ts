import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern, matchesText } from './pattern-match.ts';
import { parsePattern } from './pattern-tree.ts';

function matches(source: string, text: string): boolean {
  const parsed = parsePattern(source);
  if (parsed.kind === 'invalid') throw new Error(`${source}: ${parsed.reason}`);
  const program = compilePattern(parsed.pattern);
  if (program === null) throw new Error(`${source} is too large`);
  return matchesText(program, text, { left: 1e7 });
}

test.each([
  ['parse', 'JSON.Parse'],
  ['^pa(r|s)+e?$', 'parse'],
  ['^pa(r|s)+e?$', 'pae'],
  ['[^a-z]', 'ABC'],
  ['[\\]]', 'a]'],
  ['a{2,3}b', 'aaaab'],
  ['^a{2,3}b', 'aaaab'],
  ['^a{2}$', 'aa'],
  ['^a{2,}$', 'aaaaa'],
  ['a|', ''],
  ['(?:)', ''],
  ['(a*)*b', 'aab'],
  ['(?<name>ab)+$', 'xabab'],
  ['\\bget\\b', 'a.get(b)'],
  ['\\bget\\b', 'target'],
  ['\\Bget', 'target'],
  ['\\u0061\\x62\\u{63}', 'abc'],
  ['\\p{Lu}', 'é'],
  ['^.$', '🦆'],
  ['\\(idle\\)', '(idle)'],
  ['\\$', 'a$b'],
  ['a.?c', 'abbc'],
  ['x*?y', 'xxy'],
])('%s in %s', (source, text) => {
  expect(matches(source, text)).toBe(new RegExp(source, 'iu').test(text));
});

/** Expressions of few letters, written out. */
const { source } = fc.letrec<{ source: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'B', 'c', '.', '[ab]', '[^a]', '\\w', '\\W', '^', '$', '\\b', '\\B', '\\.'),
    tie('source').map((inside) => `(${inside})`),
    tie('source').map((inside) => `(?:${inside})`),
  ),
  source: fc.oneof(
    { maxDepth: 4 },
    tie('atom'),
    fc
      .tuple(tie('atom'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}', '*?'))
      .map(([atom, often]) =>
        // A place cannot be repeated.
        /^(\^|\$|\\b|\\B)$/i.test(atom) ? atom : atom + often,
      ),
    fc.tuple(tie('source'), tie('source')).map(([one, other]) => one + other),
    fc.tuple(tie('source'), tie('source')).map(([one, other]) => `${one}|${other}`),
  ),
}));

test('what matches is what the browser’s own engine matches', () => {
  fc.assert(
    fc.property(
      source,
      fc.string({ unit: fc.constantFrom('a', 'b', 'C', '.', ' '), maxLength: 7 }),
      (pattern, text) => {
        expect(matches(pattern, text)).toBe(new RegExp(pattern, 'iu').test(text));
      },
    ),
    { seed: 1, numRuns: 5000 },
  );
});
