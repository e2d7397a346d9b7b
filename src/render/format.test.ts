import { expect, test } from 'vitest';
import { confidence, interval, percent, placeOf } from './format.ts';

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

// Rounded down, so that no more is claimed than holds; what is below 1 never reads 100 %.
test.each([
  { level: 0.95, shown: '95 %' },
  { level: 0.57, shown: '57 %' },
  { level: 0.96875, shown: '96.8 %' },
  { level: 0.94999, shown: '94.9 %' },
  { level: 0.9996, shown: '99.9 %' },
  { level: 1 - 1e-12, shown: '99.9 %' },
])('a confidence of $level is printed as $shown', ({ level, shown }) => {
  expect(confidence(level)).toBe(shown);
});

test.each([
  {
    what: 'a look has its own level, which holds for none but itself',
    level: 0.985,
    claimed: 0.95,
    shown: '95 %',
  },
  { what: 'too few pairs have less than was asked', level: 0.75, claimed: 0.95, shown: '75 %' },
  { what: 'another confidence was asked', level: 0.998, claimed: 0.99, shown: '99 %' },
  { what: 'it was looked at once', level: 0.971, claimed: undefined, shown: '97.1 %' },
])('the confidence of an interval where $what', ({ level, claimed, shown }) => {
  const estimate = { point: 0.2, low: 0.1, high: 0.3, confidenceLevel: level };
  expect(interval(estimate, percent, claimed)).toBe(`10.00 % to 30.00 %, ${shown} confidence`);
});
