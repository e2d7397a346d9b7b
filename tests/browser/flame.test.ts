/** The flame graph in a real browser, of two recordings whose every box is known. */
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
} from './browser.ts';
import { colourIn } from './picture-colour.ts';

/** Columns of 100 ms. */
const BEFORE = `
  main  main  main  main  main (idle) main  main
  parse parse parse parse sort .      sort  load
  read  read  read  scan  .    .      .     .
`;
const AFTER = `
  main  main  main  (idle)
  parse sort  load  .
  read  .     .     .
`;
const ROW_PX = 18;

describe.skipIf(!HAS_BROWSER)('the flame graph', () => {
  let browser: Browser;
  let file: string;
  let opened: OpenedPage;
  let page: Page;
  beforeAll(async () => {
    browser = await startBrowser();
    file = await drawnReport({ before: BEFORE, after: AFTER });
    opened = await openReport(browser, file);
    page = opened.page;
  }, 60_000);
  afterAll(() => browser?.close());

  const details = async () => (await page.locator('.flame-details p').allTextContents()).join(' ');
  const ticks = async () => page.locator('.flame-ticks span').allTextContents();
  const canvas = () => page.locator('.flame-scroll canvas').first();
  const chart = () => page.getByRole('application').first();

  /** Where a part of the width of a row is on the screen. */
  async function placeOf(part: number, row: number): Promise<{ x: number; y: number }> {
    const box = await canvas().boundingBox();
    if (box === null) throw new Error('the picture is not there');
    return { x: box.x + part * box.width, y: box.y + (row + 0.5) * ROW_PX };
  }

  async function pointAt(part: number, row: number): Promise<void> {
    const { x, y } = await placeOf(part, row);
    await page.mouse.move(x, y);
    await settled(page);
  }

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await page.keyboard.press(key);
    await settled(page);
  }

  const colourAt = (part: number, row: number, fromTopPx = 2) =>
    colourIn(canvas(), { acrossRatio: part, downPx: row * ROW_PX + fromTopPx });

  test('says of the box under the pointer what it is and what it took', async () => {
    await show(page, '#flame?side=before');
    await pointAt(0.3, 2);
    expect(await details()).toContain('parse');
    expect(await details()).toContain('total 400.00 ms, 50.0 % of what is shown; self 0.00 µs');
    await pointAt(0.45, 3);
    expect(await details()).toContain('scan');
    await pointAt(0.95, 1);
    expect(await details()).toContain('(idle)');
    expect(await canvas().getAttribute('data-rectangles')).toBe('8');
    expect(await canvas().getAttribute('aria-label')).toContain('800.00 ms of samples in 4 rows');
  });

  test('a click zooms to a box, the link says so, and Escape shows all', async () => {
    await show(page, '#flame?side=before');
    const { x, y } = await placeOf(0.6, 2);
    await page.mouse.click(x, y);
    await settled(page);
    expect(await ticks()).toEqual(['400.00 ms', '200.00 ms in sight', '600.00 ms']);
    expect(await details()).toContain('sort');
    await page.waitForURL(/zoom=400-600/);
    const { page: other } = await openReport(browser, new URL(page.url()).pathname, {
      hash: new URL(page.url()).hash,
    });
    expect(await other.locator('.flame-ticks span').allTextContents()).toEqual(await ticks());
    await other.context().close();
    await chart().focus();
    await press('Escape');
    expect(await ticks()).toEqual(['0', '800.00 ms']);
    await page.waitForURL((url) => !url.hash.includes('zoom'));
  });

  test('arrows go from box to box, Enter zooms: by the keyboard alone', async () => {
    await show(page, '#flame?side=before');
    await page.mouse.move(0, 0);
    await chart().focus();
    await press('Home');
    const way = [
      ['Home', 'all'],
      ['ArrowDown', 'main'],
      ['ArrowDown', 'parse'],
      ['ArrowRight', 'sort'],
      ['ArrowRight', 'load'],
      ['ArrowRight', 'load'],
      ['ArrowLeft', 'sort'],
      ['ArrowUp', 'main'],
      ['Home', 'all'],
    ] as const;
    for (const [key, name] of way) {
      await press(key);
      expect({ key, name: await page.locator('.flame-name').textContent() }).toEqual({ key, name });
    }
    await press('ArrowDown', 'ArrowDown', 'Enter');
    expect(await ticks()).toEqual(['0', '400.00 ms in sight', '400.00 ms']);
    await press('-');
    expect((await ticks())[1]).toBe('800.00 ms');
    await press('Escape');
  });

  test('a search says how much it found, marks it, and lets the rest fade', async () => {
    await show(page, '#flame?side=before');
    const plain = await colourAt(0.6, 2);
    expect(plain).toMatch(/^#[0-9a-f]{6}$/);
    await press('/');
    await page.keyboard.type('^(read|parse)$');
    await settled(page);
    expect(await page.locator('.flame-search').textContent()).toBe(
      '2 functions match: 400.00 ms before, 50.0 % of what is shown',
    );
    expect(await colourAt(0.6, 2)).toContain('faded');
    expect(await colourAt(0.2, 2, ROW_PX - 4)).toBe('#b0126b');
    await keepScreenshot(page, 'flame-search');
    await page.locator('input[type="search"]').fill('(');
    await settled(page);
    expect(await page.locator('.flame-search').textContent()).toMatch(/^Not a regular expression: /);
    expect(await colourAt(0.6, 2)).toBe(plain);
    await page.locator('input[type="search"]').fill('^(([a-z]+)+)+[0-9]$');
    await settled(page);
    expect(await page.locator('.flame-search').textContent()).toContain('0 functions match');
    await page.locator('input[type="search"]').fill('');
  });

  test('the difference has both times of a function, as wide as is asked for, and a table of the same', async () => {
    await show(page, '#flame?wide=before');
    await pointAt(0.2, 2);
    expect(await details()).toContain('total 400.00 ms → 100.00 ms ▼ -300.0 ms');
    await show(page, '#flame?wide=after');
    await pointAt(0.1, 2);
    expect(await details()).toContain('100.00 ms');
    await page.getByText('As a table').click();
    await settled(page);
    const rows = await page
      .locator('details table tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent).join(' | ')));
    // Those that took as long stand in any order.
    expect([...rows.slice(0, 5), ...rows.slice(5).toSorted()]).toEqual([
      expect.stringMatching(/^all \| 800.00 ms \| 400.00 ms \| ▼ -400.0 ms/),
      expect.stringMatching(/^main .* \| 700.00 ms \| 300.00 ms \| ▼ -400.0 ms/),
      expect.stringMatching(/^parse .* \| 400.00 ms \| 100.00 ms \| ▼ -300.0 ms .* \| main /),
      expect.stringMatching(/^read .* \| 300.00 ms \| 100.00 ms/),
      expect.stringMatching(/^sort .* \| 200.00 ms \| 100.00 ms/),
      expect.stringMatching(/^\(idle\) \| 100.00 ms \| 100.00 ms \| 0.0 ms/),
      expect.stringMatching(/^load .* \| 100.00 ms \| 100.00 ms/),
      expect.stringMatching(/^scan .* \| 100.00 ms \| 0.00 µs \| ▼ -100.0 ms/),
    ]);
  });

  test('in time order boxes lie when they ran; the wheel zooms, and dragging moves', async () => {
    await show(page, '#flame?side=before&order=time');
    await pointAt(0.7, 1);
    expect(await details()).toContain('(idle)');
    expect(await details()).toContain('This box: 100.00 ms, from 500.00 ms to 600.00 ms of the run');
    await pointAt(0.8, 2);
    expect(await details()).toContain('sort');
    expect(await details()).toContain('All boxes with this stack: total 200.00 ms');
    await page.mouse.wheel(0, -350);
    await settled(page);
    const [from = '', span = ''] = await ticks();
    expect(Number.parseFloat(span)).toBeCloseTo(800 * Math.exp(-0.7), 0);
    const { x, y } = await placeOf(0.5, 1);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 200, y, { steps: 4 });
    await page.mouse.up();
    await settled(page);
    expect((await ticks())[1]).toBe(span);
    expect(Number.parseFloat((await ticks())[0] ?? '')).toBeLessThan(Number.parseFloat(from));
    await keepScreenshot(page, 'flame-time-order');
  });

  test('the small picture shows the whole, and takes to any part of it', async () => {
    await show(page, '#flame?side=before&order=time&zoom=0-200');
    const strip = await page.locator('.flame-overview').boundingBox();
    if (strip === null) throw new Error('the small picture is not there');
    const colour = () => colourIn(page.locator('.flame-overview canvas'), { acrossRatio: 0.95, downPx: 6 });
    const before = await colour();
    expect(before).not.toBe('');
    await page.mouse.click(strip.x + 0.5 * strip.width, strip.y + 10);
    await settled(page);
    expect(await ticks()).toEqual(['300.00 ms', '200.00 ms in sight', '500.00 ms']);
    expect(await colour()).toBe(before);
    await page.mouse.click(strip.x + 0.99 * strip.width, strip.y + 10);
    await settled(page);
    expect(await ticks()).toEqual(['600.00 ms', '200.00 ms in sight', '800.00 ms']);
  });

  test('two fingers zoom, and one moves', async () => {
    const touched = await openReport(browser, file, {
      hash: '#flame?side=before&order=time',
      hasTouch: true,
      viewport: { width: 360, height: 700 },
    });
    const devtools = await touched.page.context().newCDPSession(touched.page);
    const box = await touched.page.locator('.flame-scroll canvas').boundingBox();
    if (box === null) throw new Error('the picture is not there');
    const y = box.y + 20;
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...across: readonly number[]) => {
      const touchPoints = across.map((x, id) => ({ x: box.x + x, y, id }));
      await devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
    const inSight = async () => {
      await settled(touched.page);
      return (await touched.page.locator('.flame-ticks span').allTextContents()).map(Number.parseFloat);
    };
    await touch('touchStart', 130, 190);
    for (const apart of [40, 60, 90]) await touch('touchMove', 160 - apart, 160 + apart);
    await touch('touchEnd');
    const [from = 0, span = 0] = await inSight();
    // The fingers were 60 px apart, and are 180.
    expect(span).toBeCloseTo(800 / 3, -1);
    await touch('touchStart', 100);
    for (const x of [120, 160, 200]) await touch('touchMove', x);
    await touch('touchEnd');
    expect((await inSight())[1]).toBe(span);
    expect((await inSight())[0]).toBeLessThan(from);
    await touched.page.context().close();
  });

  test('both sides are under one another in time order, on one scale', async () => {
    await show(page, '#flame?order=time');
    expect(await page.locator('.flame-pane h2').allTextContents()).toEqual([
      expect.stringMatching(/^Before: /),
      expect.stringMatching(/^After: /),
    ]);
    expect(await ticks()).toEqual(['0', '800.00 ms', '0', '800.00 ms']);
  });

  test.each(['the clipboard’s interface', 'the older way'])('a stack is copied by %s', async (way) => {
    await show(page, '#flame?side=before');
    if (way === 'the older way') {
      await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    } else {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    }
    const { x, y } = await placeOf(0.1, 3);
    await page.mouse.click(x, y);
    await page.getByRole('button', { name: 'Copy the stack' }).click();
    await page.getByText('Copied').waitFor();
    await page.locator('input[type="search"]').focus();
    await press('Control+v');
    expect(await page.locator('input[type="search"]').inputValue()).toMatch(
      /^main \(.*job.ts:1\) ?parse \(.*job.ts:1\) ?read \(.*job.ts:1\)$/,
    );
    await page.locator('input[type="search"]').fill('');
  });

  test('it is painted anew in the dark', async () => {
    await show(page, '#flame?side=before');
    const light = await colourAt(0.5, 1);
    await page.getByRole('button', { name: 'Dark' }).click();
    await settled(page);
    const dark = await colourAt(0.5, 1);
    expect(dark).not.toBe(light);
    const fills = await page.evaluate(() =>
      [0, 1, 2].map((shade) =>
        getComputedStyle(document.documentElement).getPropertyValue(`--flame-own-${shade}`),
      ),
    );
    expect(fills).toContain(dark);
    await keepScreenshot(page, 'flame-dark');
    await page.getByRole('button', { name: 'Auto' }).click();
  });

  test('nothing went wrong', () => {
    expect(opened.requests).toEqual([]);
    expect(opened.problems).toEqual([]);
  });
});
