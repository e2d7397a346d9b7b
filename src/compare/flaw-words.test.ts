import { expect, test } from 'vitest';
import type { Flaw } from '../profile/flaws.ts';
import { flawWarnings } from './flaw-words.ts';

test.each<{ flaw: Flaw; says: string }>([
  {
    flaw: { kind: 'thread skipped', thread: 'w', why: 'it has no nodes' },
    says: 'thread w was skipped: it has no nodes',
  },
  { flaw: { kind: 'headless part skipped', thread: 'w', samples: 1200 }, says: '1,200 samples of w' },
  {
    flaw: { kind: 'samples skipped', thread: 'w', samples: 1, spentUs: 2500 },
    says: '1 sample of thread w (2.5 ms)',
  },
  { flaw: { kind: 'nodes skipped', thread: 'w', nodes: 3 }, says: '3 nodes of the call tree of thread w' },
  { flaw: { kind: 'recorded twice', thread: 'w', overlapUs: 1000 }, says: 'twice at the same time: 1.0 ms' },
])('$says', ({ flaw, says }) => {
  const [warning = ''] = flawWarnings({ file: 'a.json', flaws: [flaw] });
  expect(warning).toMatch(/^a\.json: /);
  expect(warning).toContain(says);
});
