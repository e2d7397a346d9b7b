import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { functionTotals } from '../../src/profile/function-totals.ts';
import { parseCpuProfile } from '../../src/profile/parse-cpu-profile.ts';

const FIXTURES = new URL('../fixtures/', import.meta.url);
const WHOLE = { startUs: 0, endUs: Number.MAX_SAFE_INTEGER };
const names = (await readdir(FIXTURES)).filter((name) => name.endsWith('.cpuprofile'));

test('there are three profiles of each Node', () => {
  for (const major of [22, 24, 26])
    expect(names.filter((name) => name.startsWith(`node-${major}-`))).toHaveLength(3);
});

describe.each(names)('%s', (name) => {
  const raw = JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8'));
  const profile = parseCpuProfile(raw, name);
  const { functions, sampledUs } = functionTotals(profile, WHOLE, () => false);

  test('has the totals that a slow program of its own gives', async () => {
    const text = await readFile(new URL(name.replace('.cpuprofile', '.totals.json'), FIXTURES), 'utf8');
    const rows = functions.map(({ frame, selfUs, totalUs }) => [
      frame.name,
      frame.url,
      frame.line,
      frame.column,
      selfUs,
      totalUs,
    ]);
    const sorted = (all: readonly unknown[][]) => all.map((row) => JSON.stringify(row)).toSorted();
    expect(sorted(rows)).toEqual(sorted(JSON.parse(text)));
  });

  test('sums to the sampled time, and no total exceeds it', () => {
    expect(functions.reduce((sum, { selfUs }) => sum + selfUs, 0)).toBeCloseTo(sampledUs, 6);
    for (const { totalUs } of functions) expect(totalUs).toBeLessThanOrEqual(sampledUs);
  });

  test('shows the recursion', () => {
    expect(functions.find(({ frame }) => frame.name === 'fib')).toMatchObject({ recursive: true });
  });
});
