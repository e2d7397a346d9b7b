import { expect, test } from 'vitest';
import { explanationText } from '../../src/render/comparison-text.ts';
import { comparisonMarkdown } from '../../src/render/export/markdown.ts';
import { comparedDrawings } from '../support/drawn-recordings.ts';

const HOSTILE = 'evil\u001b[2J\u202e|<b>';
const before = [10, 11, 12, 13];
const after = [5, 6, 7, 8];

const runs = comparedDrawings(
  { name: 'old', folder: '', drawn: before.map((hot) => ({ [HOSTILE]: hot, rest: 20, few: 1 })) },
  { name: `new${HOSTILE}`, folder: 'b/', drawn: after.map((hot) => ({ [HOSTILE]: hot, rest: 20, few: 1 })) },
);
const service = comparedDrawings(
  { name: 'old', folder: '', drawn: before.map((hot) => ({ hot, rest: 20, '(idle)': 80 - hot })) },
  { name: 'new', folder: 'b/', drawn: after.map((hot) => ({ hot, rest: 20, '(idle)': 80 - hot })) },
);
const lone = comparedDrawings(
  { name: 'old', folder: '', drawn: [{ hot: 10 }, { hot: 12 }] },
  { name: 'new', folder: 'b/', drawn: [{ hot: 5 }] },
);
const TEXTS = {
  'recordings.txt': explanationText(runs),
  'recordings-service.txt': explanationText(service),
  'recordings-few.txt': explanationText(lone),
  'recordings.md': comparisonMarkdown(runs),
  'recordings-service.md': comparisonMarkdown(service),
};

test.each(Object.entries(TEXTS))('%s', async (name, text) => {
  await expect(text).toMatchFileSnapshot(`../golden/${name}`);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
});
