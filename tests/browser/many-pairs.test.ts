/** A page of a bench as large as nobody waits for. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { benchResult } from '../../src/compare/bench-result.ts';
import { benchPairs } from '../support/bench-pairs.ts';
import { outpace, project } from '../support/outpace.ts';
import { sampleHeader } from '../support/sample-bench.ts';
import { samplePair } from '../support/sample-report.ts';
import { HAS_BROWSER, openReport, show, startBrowser } from './browser.ts';

const PAIRS = 20_000;

describe.skipIf(!HAS_BROWSER)('20,000 pairs', () => {
  let browser: Browser;
  let file: string;
  beforeAll(async () => {
    browser = await startBrowser();
    const { before, after } = samplePair();
    const { job } = before.report;
    const times = Array.from({ length: PAIRS }, (_, index) => ({
      before: 100 + 9 * Math.sin(index * 7919),
      after: 50 + 5 * Math.cos(index * 104_729),
    }));
    const question = { wantedLevel: 0.95, toleranceRatio: 0.02, seed: 1, pairMs: 200 };
    const result = benchResult(benchPairs(times), question);
    const bench = { ...sampleHeader(before.report), after: 'new', mode: 'cold', ...result };
    const code = 'export const run = () => 1;';
    const root = await project({
      'impl-old/index.mjs': code,
      'impl-new/index.mjs': code,
      'outpace.config.json': JSON.stringify({ job }),
      [`reports/a-${job}_old_profile.json`]: JSON.stringify(before.report),
      [`reports/a-${job}_new_profile.json`]: JSON.stringify(after.report),
      [`reports/a-${job}_old_new_bench.json`]: JSON.stringify(bench),
    });
    const { exitCode, stderr } = await outpace(root, ['report']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [page = ''] = globSync('reports/*.html', { cwd: root });
    file = join(root, page);
  }, 120_000);
  afterAll(() => browser?.close());

  test('are drawn by some of them, and counted whole', async () => {
    const { page, problems } = await openReport(browser, file);
    await show(page, '#distributions');
    expect(await page.locator('circle.ratio').count()).toBe(500);
    const text = (await page.locator('#page').textContent()) ?? '';
    expect(text).toContain('20000 pairs of fresh processes');
    expect(text).toContain('draw 500 of them');
    expect(text).toContain(`the median of ${(PAIRS * (PAIRS + 1)) / 2}`);
    expect(text).not.toMatch(/NaN|Infinity/);
    expect(problems).toEqual([]);
  });
});
