/** A page of two runs that did not do the same work says so first, and claims nothing. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outpace, project } from '../support/outpace.ts';
import { samplePair } from '../support/sample-report.ts';
import { HAS_BROWSER, keepScreenshot, openReport, seriousFindings, show, startBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  if (HAS_BROWSER) browser = await startBrowser();
}, 60_000);
afterAll(() => browser?.close());

test.skipIf(!HAS_BROWSER)('what differs is the headline', async () => {
  const { before, after } = samplePair();
  const root = await project({
    'old.json': JSON.stringify({ ...before.report, input: { size: 10 } }),
    'new.json': JSON.stringify({ ...after.report, input: { size: 20, note: '<b>bold</b>' } }),
    'package.json': '{"name":"sizes"}',
  });
  expect(await outpace(root, ['report', './old.json', './new.json'])).toMatchObject({ exitCode: 0 });
  const [file = ''] = globSync('reports/*.html', { cwd: root });
  const { page, problems } = await openReport(browser, join(root, file));
  await show(page, '#summary');
  expect(await page.title()).toBe('old → new: not comparable');
  expect(await page.locator('h1').textContent()).toBe('No verdict: old and new did not do the same work.');
  expect(await page.locator('.headline li').allTextContents()).toEqual([
    'input size: 10 before, 20 after',
    'input note: not set before, "<b>bold</b>" after',
  ]);
  const text = (await page.locator('#page').textContent()) ?? '';
  expect(text).not.toMatch(/faster|slower|as fast|efficiency gain/i);
  expect(text).toContain('time (median)');
  expect(await seriousFindings(page)).toEqual([]);
  expect(problems).toEqual([]);
  await keepScreenshot(page, 'no-verdict');
});
