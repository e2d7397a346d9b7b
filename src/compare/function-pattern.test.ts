import { expect, test } from 'vitest';
import { functionPattern } from './function-pattern.ts';

test.each([
  { pattern: 'parse', name: 'parse', file: 'src/a.ts', matches: true },
  { pattern: 'parse', name: 'parseAll', file: 'src/a.ts', matches: false },
  { pattern: 'parse*', name: 'parseAll', file: 'src/a.ts', matches: true },
  { pattern: 'pars?', name: 'parse', file: 'src/a.ts', matches: true },
  { pattern: '*', name: 'readFile', file: 'node:fs', matches: false },
  { pattern: '*', name: '(garbage collector)', file: '', matches: false },
  { pattern: '*', name: 'of', file: 'node_modules/p/index.js', matches: true },
  { pattern: 'node:**:readFile', name: 'readFile', file: 'node:fs', matches: true },
  { pattern: 'node:**:read*', name: 'readFile', file: 'node:internal/fs/promises', matches: true },
  { pattern: 'src/**:*', name: 'x', file: 'src/deep/down/a.ts', matches: true },
  { pattern: 'src/**/a.ts:*', name: 'x', file: 'src/a.ts', matches: true },
  { pattern: 'src/*:*', name: 'x', file: 'src/deep/a.ts', matches: false },
  { pattern: 'get *', name: 'get a/b', file: 'src/a.ts', matches: true },
  { pattern: '(anonymous)', name: '', file: 'src/a.ts', matches: true },
  { pattern: 'src/a.ts:(anonymous)', name: '', file: 'src/a.ts', matches: true },
  { pattern: 'a.b', name: 'axb', file: 'src/a.ts', matches: false },
  { pattern: 'get [Symbol.iterator]', name: 'get [Symbol.iterator]', file: 'a.ts', matches: true },
  { pattern: '#private', name: '#private', file: 'a.ts', matches: true },
])('$pattern and $name of $file: $matches', ({ pattern, name, file, matches }) =>
  expect(functionPattern(pattern)({ name, file })).toBe(matches),
);
