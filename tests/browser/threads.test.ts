/** Flame graph and timeline of a real run with workers, as the kernel and the profiler recorded it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measuredProject } from '../support/report-project.ts';
import {
  HAS_BROWSER,
  keepScreenshot,
  openReport,
  seriousFindings,
  settled,
  show,
  startBrowser,
} from './browser.ts';

describe.skipIf(!HAS_BROWSER)('a run with workers', () => {
  let browser: Browser;
  let measured: Awaited<ReturnType<typeof measuredProject>>;
  let page: Page;
  beforeAll(async () => {
    [browser, measured] = await Promise.all([startBrowser(), measuredProject()]);
    ({ page } = await openReport(browser, measured.file));
  }, 120_000);
  afterAll(() => browser?.close());

  test('every thread of both sides has its bar and its row in the table', async () => {
    await show(page, '#timeline');
    const { timelines } = measured.comparison;
    if (timelines === null) throw new Error('no timelines');
    const { before, after } = timelines;
    expect(after.threads.length).toBeGreaterThan(1);
    const lanes = await page
      .locator('.timeline-chart canvas')
      .evaluateAll((all) => all.map((canvas) => Number(canvas.getAttribute('data-lanes'))));
    expect(lanes).toEqual([before.threads.length, after.threads.length]);
    for (const summary of await page.getByText('As a table').all()) await summary.click();
    const names = await page.locator('.timeline-side tbody th').allTextContents();
    expect(names).toEqual([...before.threads, ...after.threads].map(({ name }) => name));
    await keepScreenshot(page, 'timeline-workers');
  });

  test('in time order each thread has its boxes, and above them what the kernel says it did', async () => {
    await show(page, '#flame?side=after&order=time');
    const threads = measured.comparison.timelines?.after.threads ?? [];
    expect(await page.locator('.flame-pane h2').allTextContents()).toEqual(threads.map(({ name }) => name));
    const strips = await page
      .locator('.flame-strip')
      .evaluateAll((all) => all.map((strip) => strip.getAttribute('aria-label')));
    expect(strips).toEqual(
      threads.map(() => expect.stringMatching(/^Of the time in sight, .*(at work|waiting|idle|ready)/)),
    );
    await keepScreenshot(page, 'flame-workers');
  });

  test('the time of all threads is what the reports have of them', async () => {
    await show(page, '#flame?side=after');
    const label = await page.locator('.flame-scroll canvas').getAttribute('aria-label');
    const [, figure, unit] = /all threads: ([\d.]+) (ms|s) /.exec(label ?? '') ?? [];
    const shownMs = Number(figure) * (unit === 's' ? 1000 : 1);
    // As precise as it is written.
    expect(Math.abs(shownMs - measured.comparison.sampled.afterMs)).toBeLessThan(unit === 's' ? 0.6 : 0.06);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious in the %s', async (colorScheme) => {
    const opened = await openReport(browser, measured.file, { colorScheme });
    const hashes = ['#flame?side=after&order=time', '#flame?q=fib', '#timeline?from=10&to=40&scale=own'];
    for (const hash of hashes) {
      await show(opened.page, hash);
      for (const summary of await opened.page.getByText(/^As a table/).all()) await summary.click();
      const [chart] = await opened.page.getByRole('application').all();
      await chart?.focus();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await opened.page.keyboard.press(key);
      await settled(opened.page);
      expect({ hash, findings: await seriousFindings(opened.page) }).toEqual({ hash, findings: [] });
    }
    expect(opened.problems).toEqual([]);
    await opened.page.context().close();
  });
});
