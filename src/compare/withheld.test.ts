import { describe, expect, test } from 'vitest';
import type { Elimination } from '../stats/elimination.ts';
import type { Estimate } from '../stats/estimate.ts';
import { type CallEvidence, withheldOf } from './withheld.ts';

const removed: Elimination = { kind: 'removed', perCallNs: 0.25, emptyPerCallNs: 0.24 };
const kept: Elimination = { kind: 'kept', perCallNs: 5, emptyPerCallNs: 0.24 };
const flat: Elimination = { kind: 'does not scale', ratio: 1.04 };
const processes = (...kinds: readonly (Elimination | null)[]): CallEvidence[] =>
  kinds.map((elimination) => ({ elimination, resolutionMs: 2e-9 }));
const at = (point: number): Estimate => ({ point, low: point, high: point, confidenceLevel: 0.95 });
const NAMES = { before: 'old', after: 'new' };
const result = (kind: 'faster' | 'unchanged', beforeNs: number, afterNs: number) => ({
  verdict: kind === 'faster' ? { kind } : { kind, toleranceRatio: 0.02 },
  wallMs: { before: at(beforeNs / 1e6), after: at(afterNs / 1e6) },
});

describe('a verdict', () => {
  test.each([
    {
      what: 'all processes removed it',
      before: [kept, kept],
      after: [removed, removed],
      says: /new takes 0\.25 ns, an empty function 0\.24 ns/,
    },
    { what: 'half of them did', before: [removed, kept], after: [kept, kept], says: /call of old takes/ },
    {
      what: 'twice the calls take the same time',
      before: [kept],
      after: [flat],
      says: /calls of new take only 1\.04 times/,
    },
    {
      what: 'both sides were removed',
      before: [removed],
      after: [removed],
      says: /call of old .*; a call of new/,
    },
  ])('is withheld where $what', ({ before, after, says }) => {
    const why = withheldOf(
      result('faster', 10, 5),
      { before: processes(...before), after: processes(...after) },
      NAMES,
    );
    expect(why?.reason).toMatch(says);
    expect(why?.reason).toContain('the optimiser removed its work');
    expect(why?.remedy).toContain('return the result from run');
  });

  test.each([
    { what: 'one process of three removed it', before: [removed, kept, kept], after: [kept, kept, kept] },
    { what: 'runs are too long to be removed', before: [null, null], after: [null, null] },
  ])('stands where $what', ({ before, after }) => {
    const evidence = { before: processes(...before), after: processes(...after) };
    expect(withheldOf(result('faster', 10, 5), evidence, NAMES)).toBeNull();
  });

  test.each([
    { kind: 'faster', afterNs: 9.999, stands: false },
    { kind: 'faster', afterNs: 9.9, stands: true },
    { kind: 'unchanged', afterNs: 9.999, stands: true },
  ] as const)(
    '$kind, 10 ns against $afterNs ns at a resolution of 0.002 ns: stands is $stands',
    ({ kind, afterNs, stands }) => {
      const evidence = { before: processes(kept), after: processes(kept) };
      const why = withheldOf(result(kind, 10, afterNs), evidence, NAMES);
      expect(why === null).toBe(stands);
      if (why !== null)
        expect(why.reason).toBe(
          'the difference of 0.001 ns per call is less than the clock can show (0.002 ns)',
        );
    },
  );
});
