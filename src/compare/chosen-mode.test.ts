import { expect, test } from 'vitest';
import { chosenMode } from './chosen-mode.ts';

test.each([
  { asked: null, coldMs: [0.2, 0.9], mode: 'steady', says: /less than 1 ms.*--mode steady.*--mode cold/ },
  { asked: null, coldMs: [0.2, 1.1], mode: 'cold', says: null },
  { asked: null, coldMs: [12, 30], mode: 'cold', says: null },
  { asked: null, coldMs: [], mode: 'cold', says: null },
  { asked: 'cold', coldMs: [0.2, 0.2], mode: 'cold', says: null },
  { asked: 'both', coldMs: [0.2, 0.2], mode: 'both', says: null },
  { asked: 'steady', coldMs: [12, 30], mode: 'steady', says: null },
] as const)('asked for $asked, runs of $coldMs ms are measured $mode', ({ asked, coldMs, mode, says }) => {
  const chosen = chosenMode(asked, coldMs);
  expect(chosen.mode).toBe(mode);
  if (says === null) expect(chosen.note).toBeNull();
  else expect(chosen.note).toMatch(says);
});
