/** The timeline in a real browser, of two recordings that are known; and what is brushed there in the other views. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawnReport } from '../support/drawn-report.ts';
import {
  HAS_BROWSER,
  keepScreenshot,
  type OpenedPage,
  openReport,
  settled,
  show,
  startBrowser,
  tableFigures,
} from './browser.ts';
import { colourIn } from './picture-colour.ts';

/** Columns of 100 ms. */
const BEFORE = `
  main  main  main  main  main (idle) main  main
  parse parse read  scan  sort .      sort  load
`;
const AFTER = `
  main  main  main  (idle)
  parse sort  load  .
`;
/** The middle of the first thread's bar, from the picture's top. */
const BAR_PX = 20 + 18 + 13;

describe.skipIf(!HAS_BROWSER)('the timeline', () => {
  let browser: Browser;
  let opened: OpenedPage;
  let page: Page;
  beforeAll(async () => {
    browser = await startBrowser();
    opened = await openReport(browser, await drawnReport({ before: BEFORE, after: AFTER }), {
      hash: '#timeline',
    });
    page = opened.page;
  }, 60_000);
  afterAll(() => browser?.close());

  const picture = (side: 0 | 1) => page.locator('.timeline-chart canvas').nth(side);
  const told = async () => page.locator('.timeline-told').textContent();
  const said = async () => page.locator('.brush-said output').textContent();
  const colourAt = (side: 0 | 1, acrossRatio: number) =>
    colourIn(picture(side), { acrossRatio, downPx: BAR_PX });
  const workColour = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--timeline-work'));

  async function placeOf(side: 0 | 1, part: number): Promise<{ x: number; y: number }> {
    const box = await picture(side).boundingBox();
    if (box === null) throw new Error('the picture is not there');
    return { x: box.x + part * box.width, y: box.y + BAR_PX };
  }

  /** Of a function its own time on either side, as the Functions view has it for the part that is shown. */
  async function ownTimes(name: string): Promise<(string | number)[] | undefined> {
    await page.getByRole('link', { name: 'Functions' }).click();
    await settled(page);
    const rows = await tableFigures(page, 'table.functions');
    const row = rows.find((cells) => String(cells[0]).includes(name));
    return row?.slice(1, 3);
  }

  test('work is full, idle is hollow, and what is behind the end of a run is empty', async () => {
    const work = await workColour();
    expect(await colourAt(0, 0.3)).toBe(work);
    expect(await colourAt(0, 5.5 / 8)).toBe('');
    expect(await colourAt(1, 0.3)).toBe(work);
    expect(await colourAt(1, 0.7)).toBe('');
    await keepScreenshot(page, 'timeline');
  });

  test('each side on a scale of its own fills the width', async () => {
    await page.getByRole('button', { name: 'Each its own' }).click();
    await settled(page);
    expect(await colourAt(1, 0.7)).toBe(await workColour());
    expect(page.url()).toContain('scale=own');
    await page.getByRole('button', { name: 'The same for both' }).click();
    await settled(page);
  });

  test('says what a thread did under the pointer, and at the place that the keyboard has come to', async () => {
    const { x, y } = await placeOf(0, 4.5 / 8);
    await page.mouse.move(x, y);
    await settled(page);
    expect(await told()).toMatch(/ at 45\d.\d\d ms: at work 100 %; in sort \(job.ts:1\)$/);
    await page.mouse.move(0, 0);
    await page.getByRole('application').first().focus();
    await page.keyboard.press('Shift+ArrowRight');
    await settled(page);
    expect(await told()).toMatch(/at 80.00 ms: at work 100 %; in parse \(job.ts:1\)$/);
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('Shift+ArrowRight');
    await settled(page);
    expect(await told()).toMatch(/at 560.00 ms: idle, waiting for events 100 %$/);
  });

  test('what is dragged over is what the other views show, until it is cleared', async () => {
    const [from, to] = [await placeOf(0, 0.25), await placeOf(0, 0.5)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
    await settled(page);
    expect(await said()).toContain('200.0 to 400.0 ms');
    expect(await colourAt(0, 0.1)).not.toBe(await workColour());
    await keepScreenshot(page, 'timeline-brushed');
    // At once, before it has come to rest: leaving the view takes it along.
    const read = await ownTimes('read');
    expect(Number(read?.[0])).toBeCloseTo(100, 0);
    expect(Number(read?.[1])).toBe(0);
    expect(page.url()).toMatch(/from=\d+(\.\d+)?&to=\d+/);
    await page.getByRole('link', { name: 'Flame graph' }).click();
    await settled(page);
    expect(await page.locator('.flame-scroll canvas').getAttribute('aria-label')).toMatch(
      /200.00 ms before, 200.00 ms after/,
    );
    await page.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.waitForURL((url) => !url.hash.includes('from='));
    expect(await said()).toContain('whole runs');
  });

  test('the two handles choose a part by the keyboard alone', async () => {
    const [start, end] = [page.getByRole('slider').nth(0), page.getByRole('slider').nth(1)];
    await start.focus();
    for (const key of ['PageUp', 'PageUp', 'PageUp', 'PageUp', 'Shift+ArrowRight'])
      await page.keyboard.press(key);
    await settled(page);
    expect(await start.getAttribute('aria-valuetext')).toBe('400.00 ms');
    await end.focus();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowRight');
    await settled(page);
    expect(await end.getAttribute('aria-valuetext')).toBe('728.00 ms');
    await page.waitForURL(/from=400&to=728/);
    expect(await ownTimes('sort')).toEqual([expect.closeTo(200, 3), 0]);
    expect(await ownTimes('load')).toEqual([expect.closeTo(28, 3), 0]);
    await show(page, '#timeline?from=400&to=728');
    await start.focus();
    await page.keyboard.press('Home');
    await end.focus();
    await page.keyboard.press('End');
    await page.waitForURL((url) => !url.hash.includes('from='));
  });

  test('the table has the same facts', async () => {
    await page.getByText('As a table').first().click();
    await settled(page);
    const [thread] = await tableFigures(page, '.timeline-side:nth-of-type(1) table');
    expect(thread?.slice(1, 3)).toEqual([0, 800]);
  });

  test('nothing went wrong', () => {
    expect(opened.requests).toEqual([]);
    expect(opened.problems).toEqual([]);
  });
});
