import { describe, expect, test } from 'vitest';
import { type Matchable, newestMatchingPair } from './matching-pair.ts';

/** Drawn as `name minute size node`; a report of the job `sort` on the one machine. */
function reports(picture: string): (Matchable & { readonly name: string })[] {
  return picture
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', minute = '', size = '', node = '24.0.0'] = line.trim().split(/\s+/);
      const environment = {
        node,
        v8: '',
        platform: 'linux',
        cpu: 'c',
        cores: 2,
        memoryBytes: 1,
        gitCommit: name,
      };
      return {
        ...{ name, job: 'sort', input: { size: Number(size) }, environment },
        startedAt: `2026-01-01T00:${minute.padStart(2, '0')}:00.000Z`,
      };
    });
}

describe('the newest two reports that can be compared', () => {
  test.each([
    { what: 'the newest of each', old: 'o1 1 10\no2 2 10', now: 'n1 3 10\nn2 4 10', pair: ['o2', 'n2'] },
    { what: 'another input is passed over', old: 'o1 1 10', now: 'n1 3 10\nn2 4 99', pair: ['o1', 'n1'] },
    { what: 'on either side', old: 'o1 1 10\no2 9 99', now: 'n1 3 10', pair: ['o1', 'n1'] },
    { what: 'what ran last counts', old: 'o1 1 10\no2 5 20', now: 'n1 6 10\nn2 4 20', pair: ['o1', 'n1'] },
    {
      what: 'one machine and Node first',
      old: 'o1 1 10 22.0.0\no2 2 10',
      now: 'n1 3 10\nn2 4 10 26.0.0',
      pair: ['o2', 'n1'],
    },
    { what: 'two Nodes rather than none', old: 'o1 1 10 22.0.0', now: 'n1 3 10', pair: ['o1', 'n1'] },
    { what: 'none', old: 'o1 1 10', now: 'n1 2 20', pair: null },
  ])('$what', ({ old, now, pair }) => {
    const found = newestMatchingPair(reports(old), reports(now));
    expect(found === null ? null : [found.before.name, found.after.name]).toEqual(pair);
  });

  test('another job is other work', () => {
    const [old, now] = [reports('o1 1 10'), reports('n1 2 10').map((one) => ({ ...one, job: 'search' }))];
    expect(newestMatchingPair(old, now)).toBeNull();
  });
});
