/** The page of profiles that have no order of time, and count something else. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outpace, project } from '../support/outpace.ts';
import { HAS_BROWSER, keepScreenshot, openReport, seriousFindings, show, startBrowser } from './browser.ts';

describe.skipIf(!HAS_BROWSER)('folded stacks', () => {
  let browser: Browser;
  let page: Page;
  let problems: readonly string[];
  beforeAll(async () => {
    browser = await startBrowser();
    const root = await project({
      'before.folded': 'main;run;fib 5\nmain;run 2\nmain;wait for it 3\n',
      'after.folded': 'main;run;fib 2\nmain;run 2\nmain;wait for it 3\n',
    });
    await outpace(root, ['report', './before.folded', './after.folded']);
    const [name = ''] = globSync('reports/*.html', { cwd: root });
    ({ page, problems } = await openReport(browser, join(root, name)));
  }, 60_000);
  afterAll(() => browser?.close());

  test('the summary has what was counted, and no gain', async () => {
    await show(page, '#summary');
    expect(await page.locator('h1').textContent()).toBe(
      'Total 10 samples before, 7 samples after (-3 samples, -30.0 %)',
    );
    expect(await page.locator('.headline-verdict').textContent()).toContain('not available');
    expect(await page.locator('section.changes tbody').textContent()).toContain('-3 samples');
    await keepScreenshot(page, 'counted-summary');
    expect(await seriousFindings(page)).toEqual([]);
  });

  test.each(['#timeline', '#timeline?from=1&to=2'])('%s is not available', async (hash) => {
    await show(page, hash);
    expect(await page.locator('main p[role="status"]').textContent()).toContain('not available');
    expect(await page.locator('main canvas').count()).toBe(0);
  });

  test('the flame graph has no order of time, whatever its link says', async () => {
    await show(page, '#flame?side=after&order=time&from=1&to=2');
    expect(await page.locator('.controls').textContent()).toContain('Time order: not available');
    expect(await page.locator('.flame-pane').count()).toBe(1);
    expect(await page.locator('[aria-label^="Flame graph"]').first().getAttribute('aria-label')).toMatch(
      /left-heavy.* 7 samples/,
    );
    await keepScreenshot(page, 'counted-flame');
  });

  test.each(['#functions', '#packages', '#flame'])('no figure of %s is a time', async (hash) => {
    await show(page, hash);
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('samples');
    expect(text).not.toMatch(/\d (?:ms|µs|s)\b/);
    expect(problems).toEqual([]);
  });
});
