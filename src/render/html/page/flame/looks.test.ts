import { expect, test } from 'vitest';
import { drawnRecording } from '../../../../../tests/support/drawn-recording.ts';
import { FILLS, isHollow, lookOf } from './looks.ts';
import { Pictures } from './pictures.ts';
import { searchFunctions } from './search.ts';
import { resultText } from './search-result.tsx';

const pictures = new Pictures({
  before: drawnRecording('main main main main (idle)\nslow slow slow same .'),
  after: drawnRecording('main main main (idle)\nslow same fresh .'),
});
const diff = pictures.of({ order: 'heavy', side: 'diff', thread: 'all', window: null, basis: 'larger' });
const before = pictures.of({ order: 'heavy', side: 'before', thread: 'all', window: null, basis: 'larger' });

/** Of each function the fill and the label of its box. */
function looks(picture: typeof diff) {
  const { fillOf, labelOf, frameOf } = lookOf(picture, pictures.functions);
  return new Map(
    [...picture.tree.parents.keys()].map((node) => [
      frameOf(node)?.name,
      { fill: FILLS[fillOf(node)] ?? '', label: labelOf(node), hollow: isHollow(fillOf(node)) },
    ]),
  );
}

test('a difference is told by sign, figure and colour, the stronger the larger', () => {
  const found = looks(diff);
  expect(found.get('slow')).toEqual({ fill: '--flame-less-4', label: '▼ slow -2.0 ms', hollow: false });
  expect(found.get('fresh')).toEqual({ fill: '--flame-more-3', label: '▲ fresh +1.0 ms', hollow: false });
  expect(found.get('same')).toEqual({ fill: '--flame-same', label: 'same', hollow: false });
  expect(found.get('(root)')).toEqual({ fill: '--flame-less-3', label: '▼ all -1.0 ms', hollow: false });
});

test('idle is hollow on one side, and in a difference', () => {
  expect(looks(diff).get('(idle)')?.hollow).toBe(true);
  expect(looks(before).get('(idle)')).toMatchObject({ label: '(idle)', hollow: true });
});

test('on one side the colour is where a function comes from; the root is none', () => {
  expect(looks(before).get('slow')?.fill).toMatch(/^--flame-own-[012]$/);
  expect(looks(before).get('(root)')).toMatchObject({ fill: '--flame-outpace-0', label: 'all' });
});

test('what was found is said with its time and share of each side that is shown', () => {
  const frames = pictures.functions.frames.before;
  const said = (query: string, shown: typeof diff) => resultText(searchFunctions(query, frames), [shown]);
  expect(said('', diff)).toBe('');
  expect(said('slow|main', before)).toBe('2 functions match: 4.00 ms before, 80.0 % of what is shown');
  expect(said('^slow$', diff)).toBe(
    '1 function matches: 3.00 ms before, 60.0 % of what is shown; 1.00 ms after, 25.0 % of what is shown',
  );
  expect(said('(', before)).toMatch(/^Not a regular expression: /);
});
