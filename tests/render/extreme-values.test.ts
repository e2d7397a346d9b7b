/** Numbers as no measurement gives them: a stored report with one of them is refused, or all that comes of it is finite. */
import { describe, expect, test } from 'vitest';
import { OutpaceError } from '../../src/base/errors.ts';
import type { BenchReport } from '../../src/compare/bench-report.ts';
import { parseBenchReport } from '../../src/compare/bench-report-schema.ts';
import { benchResult } from '../../src/compare/bench-result.ts';
import { compareProfiles } from '../../src/compare/comparison.ts';
import { seriesOf } from '../../src/compare/history.ts';
import { parseProfileReport } from '../../src/compare/profile-report.ts';
import { parseStoredRuns } from '../../src/compare/stored-runs.ts';
import { benchText } from '../../src/render/bench-text.ts';
import { comparisonText } from '../../src/render/comparison-text.ts';
import { comparisonMarkdown, profileMarkdown } from '../../src/render/export/markdown.ts';
import { profileText } from '../../src/render/profile-text.ts';
import { sampleBench } from '../support/sample-bench.ts';
import { samplePair } from '../support/sample-report.ts';

const VALUES = [1e308, -1e308, 5e-324, 1e18, 1e-12, 0, 1e21];
const { before, after } = samplePair();

/** A copy for every number in a value, with that number replaced; arrays by their first member. */
function* replaced(value: unknown, by: number, path = ''): Generator<{ path: string; value: unknown }> {
  if (typeof value === 'number') yield { path, value: by };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Array.isArray(value) ? [...value.entries()].slice(0, 1) : Object.entries(value)) {
    for (const inner of replaced(part, by, `${path}.${key}`)) {
      const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? [...value] : { ...value };
      Reflect.set(copy, key, inner.value);
      yield { path: inner.path, value: copy };
    }
  }
}

function expectFinite(value: unknown, where: string): void {
  if (typeof value === 'number') expect(Number.isFinite(value), where).toBe(true);
  else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) expectFinite(part, `${where} → ${key}`);
}

/** What is read, or null where it is refused. */
function orRefused<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof OutpaceError && !error.message.includes('\n')) return null;
    throw error;
  }
}

const BROKEN = /NaN|Infinity|undefined/;

describe.each(VALUES)('%d', (by) => {
  test('anywhere in a profile’s report', () => {
    let seen = 0;
    for (const { path, value } of replaced(after.report, by)) {
      seen += 1;
      const report = orRefused(() => parseProfileReport(value, path));
      if (report === null) continue;
      for (const sides of [
        { before, after: { file: 'a', report } },
        { before: { file: 'a', report }, after },
      ]) {
        const comparison = compareProfiles(sides.before, sides.after, { toleranceRatio: 0.02, paired: null });
        expectFinite(comparison, path);
        expect(comparisonText(comparison), path).not.toMatch(BROKEN);
        expect(comparisonMarkdown(comparison), path).not.toMatch(BROKEN);
      }
      expect(profileText(report, path), path).not.toMatch(BROKEN);
      expect(profileMarkdown(report), path).not.toMatch(BROKEN);
    }
    expect(seen).toBeGreaterThan(50);
  });

  test('anywhere in a bench', () => {
    for (const { path, value } of replaced(sampleBench(before.report), by)) {
      const bench = orRefused(() => parseBenchReport(value, path));
      if (bench === null) continue;
      expect(benchText(bench), path).not.toMatch(BROKEN);
      expectFinite(resultOf(bench), path);
      const runs = orRefused(() => parseStoredRuns(value, path))?.runs ?? [];
      const kept = runs.map((run) => ({ ...run, file: path }));
      expectFinite(seriesOf(kept, { toleranceRatio: 0.02, limit: 30 }), path);
    }
  });
});

function resultOf(bench: BenchReport): unknown {
  if (!('pairs' in bench)) throw new RangeError('no such bench');
  return benchResult(bench.pairs, { wantedLevel: 0.95, toleranceRatio: 0.02, pairMs: 1 });
}
