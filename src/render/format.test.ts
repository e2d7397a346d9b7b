import { expect, test } from 'vitest';
import { placeOf } from './format.ts';

test.each([
  { file: 'src/a/b.ts', name: 'f', shown: 'b.ts:7(f)' },
  { file: 'impl-old/index.ts', name: 'run', shown: 'impl-old/index.ts:7(run)' },
  { file: 'index.js', name: 'run', shown: 'index.js:7(run)' },
  { file: 'node_modules/lodash/index.js', name: 'f', shown: 'lodash/index.js:7(f)' },
  { file: 'node_modules/@a/b/dist/index.mjs', name: 'f', shown: '@a/b/dist/index.mjs:7(f)' },
  { file: 'node_modules/.pnpm/a@1/node_modules/a/index.cjs', name: 'f', shown: 'a/index.cjs:7(f)' },
  { file: 'src/my-index.js', name: 'f', shown: 'my-index.js:7(f)' },
  { file: 'src/b.ts', name: '', shown: 'b.ts:7((anonymous))' },
  { file: '', name: 'sort', shown: 'sort' },
  { file: '', name: '', shown: '(anonymous)' },
])('$shown', ({ shown, ...place }) => {
  expect(placeOf({ ...place, line: 7 })).toBe(shown);
});
