import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstDifference } from '../../src/store/output-difference.ts';
import { project } from '../support/outpace.ts';

const long = 'x'.repeat((1 << 20) + 5);

test.each([
  { before: '', after: '', difference: null },
  { before: 'same', after: 'same', difference: null },
  { before: long, after: long, difference: null },
  {
    before: 'a\nb = 1\nc',
    after: 'a\nb = 2\nc',
    difference: { offsetBytes: 6, line: 2, before: 'b = 1', after: 'b = 2' },
  },
  { before: 'ab', after: 'abc', difference: { offsetBytes: 2, line: 1, before: 'ab', after: 'abc' } },
  {
    before: `${long}1`,
    after: `${long}2`,
    difference: {
      offsetBytes: (1 << 20) + 5,
      line: 1,
      before: `…${'x'.repeat(24)}1`,
      after: `…${'x'.repeat(24)}2`,
    },
  },
])('$difference', async ({ before, after, difference }) => {
  const root = await project({});
  const [left, right] = [join(root, 'left'), join(root, 'right')];
  await writeFile(left, before);
  await writeFile(right, after);
  expect(await firstDifference(left, right)).toEqual(difference);
});
