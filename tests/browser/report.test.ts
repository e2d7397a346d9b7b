/** The report's page in a real browser: its figures are those of the JSON, and it is for everybody. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { originOf } from '../../src/profile/origin.ts';
import { comparisonMarkdown } from '../../src/render/export/markdown.ts';
import { measuredProject } from '../support/report-project.ts';
import {
  HAS_BROWSER,
  keepScreenshot,
  type OpenedPage,
  openReport,
  seriousFindings,
  settled,
  show,
  startBrowser,
  tableFigures,
} from './browser.ts';

const VIEWS = ['summary', 'flame', 'functions', 'timeline', 'distributions', 'packages', 'environment'];

describe.skipIf(!HAS_BROWSER)('the page of a gain', () => {
  let browser: Browser;
  let measured: Awaited<ReturnType<typeof measuredProject>>;
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    [browser, measured] = await Promise.all([startBrowser(), measuredProject()]);
    opened = await openReport(browser, measured.file);
    page = opened.page;
  }, 120_000);
  afterAll(() => browser?.close());

  test('the summary says the gain, its interval and its parts as the JSON has them', async () => {
    await show(page, '#summary');
    const { gainRatio, before, after, split, functions, warnings } = measured.comparison;
    expect(Number(await page.locator('h1 data').getAttribute('value'))).toBe(gainRatio?.point);
    expect(Number(await page.locator('.interval').getAttribute('data-low'))).toBe(gainRatio?.low);
    expect(Number(await page.locator('.interval').getAttribute('data-high'))).toBe(gainRatio?.high);
    expect(await tableFigures(page, 'section[aria-labelledby="facts"] table')).toEqual([
      ['time (median)', before.wallMs?.point, after.wallMs?.point],
      ['CPU, all threads', before.cpuMs?.point, after.cpuMs?.point],
      ['parallelism', split?.parallelism.before, split?.parallelism.after],
      ['threads', before.threads, after.threads],
      ['function calls', before.totalCalls, after.totalCalls],
      ['peak memory', before.peakRssBytes?.point, after.peakRssBytes?.point],
    ]);
    const changes = await tableFigures(page, '.changes table');
    expect(changes.map((cells) => cells[1])).toEqual(
      functions.slice(0, 5).map(({ selfDeltaMs }) => selfDeltaMs.point),
    );
    const saved = await tableFigures(page, '.columns figure table');
    expect(saved.map((cells) => cells.slice(1, 4))).toEqual(
      [split?.lessWork, split?.moreCores, split?.lessWaiting]
        .flatMap((part) => part ?? [])
        .map((part) => [part?.savedMs.point, part?.savedMs.low, part?.savedMs.high]),
    );
    expect(await page.locator('.warnings li').allTextContents()).toEqual(warnings);
    await keepScreenshot(page, 'summary');
  });

  test('the gain is drawn where its axis says', async () => {
    await show(page, '#summary');
    const { point, low, high } = measured.comparison.gainRatio ?? { point: Number.NaN, low: 0, high: 0 };
    const drawn = await page
      .locator('figure')
      .first()
      .evaluate((figure) => {
        const at = (element: Element | null | undefined, name: string) =>
          Number.parseFloat(element?.getAttribute(name) ?? 'NaN');
        return {
          ticks: [...figure.querySelectorAll('text[text-anchor="middle"]')].map((text) => [
            Number.parseFloat(text.textContent ?? '') / 100,
            at(text, 'x'),
          ]),
          point: at(figure.querySelector('.interval-point'), 'cx'),
          ends: [...figure.querySelectorAll('.interval-end')].map((end) => at(end, 'x1')),
          pairs: figure.querySelectorAll('.pair-dot').length,
        };
      });
    const [[first = 0, firstX = 0] = [], [second = 0, secondX = 0] = []] = drawn.ticks;
    const xOf = (gain: number) => firstX + ((gain - first) / (second - first)) * (secondX - firstX);
    expect(drawn.ticks.length).toBeGreaterThan(1);
    expect(drawn.point).toBeCloseTo(xOf(point), 1);
    expect(drawn.ends[0]).toBeCloseTo(xOf(low), 1);
    expect(drawn.ends[1]).toBeCloseTo(xOf(high), 1);
    expect(drawn.pairs).toBe('pairs' in measured.bench ? measured.bench.pairs.length : 0);
  });

  test('every function has its row, with the figures of the JSON', async () => {
    await show(page, '#functions?rows=100000');
    const rows = await tableFigures(page, 'table.functions');
    const { functions } = measured.comparison;
    expect(rows).toHaveLength(functions.length);
    expect(rows.map((cells) => [...cells.slice(1, 4), ...cells.slice(5)])).toEqual(
      functions.map(({ selfMs, selfDeltaMs, totalMs, totalDeltaMs, calls }) => [
        ...[selfMs.before, selfMs.after, selfDeltaMs.point],
        ...[totalMs.before, totalMs.after, totalDeltaMs.point],
        ...[calls.before ?? '–', calls.after ?? '–'],
      ]),
    );
    await show(page, '#functions');
    await keepScreenshot(page, 'functions');
  });

  test('a click on a column’s head sorts, a second one turns the order around, and the link says so', async () => {
    await show(page, '#functions');
    const column = async () => (await tableFigures(page, 'table.functions')).map((cells) => cells[6]);
    await page.getByRole('button', { name: 'total after' }).click();
    await settled(page);
    const descending = await column();
    expect(descending).toEqual(descending.toSorted((a, b) => Number(b) - Number(a)));
    expect(page.url()).toMatch(/#functions\?sort=total-after$/);
    await page.getByRole('button', { name: 'total after' }).click();
    await settled(page);
    expect(await column()).toEqual((await column()).toSorted((a, b) => Number(a) - Number(b)));
    expect(await page.locator('th[aria-sort="ascending"]').textContent()).toContain('total after');
  });

  test('a slash goes to the search, what is typed is found, and Enter opens a row by the keyboard alone', async () => {
    await show(page, '#functions');
    await page.keyboard.press('/');
    await settled(page);
    await page.keyboard.type('^FIB$');
    await settled(page);
    const names = await page.locator('table.functions tbody th').allTextContents();
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => name.includes('fib'))).toBe(true);
    expect(page.url()).toContain('q=%5EFIB%24');
    await page.getByRole('button', { name: 'Open fib' }).first().focus();
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await page.locator('tr.opened').count()).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await page.locator('tr.opened').count()).toBe(0);
  });

  test('of many rows some are shown, and more at a wish; by file they are one row each', async () => {
    const { functions } = measured.comparison;
    await show(page, '#functions');
    const rows = page.locator('table.functions tbody tr');
    expect(await rows.count()).toBe(60);
    await page.getByRole('button', { name: `Show 120 more of ${functions.length - 60}` }).click();
    await settled(page);
    expect(await rows.count()).toBe(180);
    expect(page.url()).toContain('rows=180');
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await settled(page);
    const own = (await tableFigures(page, 'table.functions')).find((cells) =>
      String(cells[0]).includes('impl-new/index.js'),
    );
    const inFile = functions.filter(({ file }) => file === 'impl-new/index.js');
    for (const [column, side] of [
      [1, 'before'],
      [2, 'after'],
    ] as const) {
      const sum = inFile.reduce((total, { selfMs }) => total + selfMs[side], 0);
      expect(own?.[column]).toBeCloseTo(sum, 9);
    }
  });

  test('a row opens on what it calls: a function’s time is its own and that of its callees', async () => {
    const index = measured.comparison.functions.findIndex(({ name }) => name === 'grow');
    await show(page, `#functions?rows=100000&open=${index}`);
    const rows = await tableFigures(page, 'table.functions');
    const at = rows.findIndex((_, row) => row === index);
    const opened = await page.locator(`tr[data-path^="${index}."]`).count();
    const [head, ...callees] = rows.slice(at, at + 1 + opened);
    for (const side of [0, 1]) {
      const total = Number(head?.[5 + side]);
      const own = Number(head?.[1 + side]);
      const called = callees.reduce((sum, cells) => sum + Number(cells[5 + side]), 0);
      expect(own + called).toBeCloseTo(total, 2);
    }
    expect(opened).toBeGreaterThan(0);
  });

  test('a row opens on what calls it: the callers share its time', async () => {
    const index = measured.comparison.functions.findIndex(
      ({ name, file }) => name === 'fib' && file.startsWith('impl-'),
    );
    await show(page, `#functions?rows=100000&tree=callers&open=${index}`);
    const rows = await tableFigures(page, 'table.functions');
    const opened = await page.locator(`tr[data-path^="${index}."]`).count();
    const [head, ...callers] = rows.slice(index, index + 1 + opened);
    expect(opened).toBeGreaterThan(0);
    for (const side of [5, 6]) {
      const shared = callers.reduce((sum, cells) => sum + Number(cells[side]), 0);
      expect(shared).toBeCloseTo(Number(head?.[side]), 2);
    }
  });

  test('a window over the whole run gives what the JSON gives; half of it gives less', async () => {
    const { functions } = measured.comparison;
    await show(page, '#functions?from=0&to=1000000&rows=100000');
    expect(await page.locator('.brushed').textContent()).toContain('Only');
    const placed = (cells: readonly (string | number)[]) => String(cells[0]).replace(/^[▾▸]/, '').trim();
    const sums = (rows: readonly (string | number)[][]) =>
      [1, 2].map((column) => rows.reduce((sum, cells) => sum + Number(cells[column]), 0));
    const all = await tableFigures(page, 'table.functions');
    expect(all).toHaveLength(
      functions.filter(({ totalMs }) => totalMs.before > 0 || totalMs.after > 0).length,
    );
    const told = functions.find(({ name, file }) => name === 'fib' && file.startsWith('impl-'));
    const fib = all.find((cells) => placed(cells).startsWith('fib'));
    expect(Number(fib?.[1])).toBeCloseTo(told?.selfMs.before ?? Number.NaN, 2);
    expect(Number(fib?.[2])).toBeCloseTo(told?.selfMs.after ?? Number.NaN, 2);
    expect(sums(all)[0]).toBeCloseTo(measured.comparison.sampled.beforeMs, 2);
    expect(sums(all)[1]).toBeCloseTo(measured.comparison.sampled.afterMs, 2);
    const half = (measured.comparison.timelines?.before.wallMs ?? 0) / 2;
    await show(page, `#functions?from=0&to=${half}&rows=100000`);
    expect(sums(await tableFigures(page, 'table.functions'))[0]).toBeCloseTo(half, 0);
    await page.getByRole('button', { name: 'Show all' }).click();
    await settled(page);
    expect(page.url()).not.toContain('from=');
  });

  test('the packages are those of the JSON, and each leads to its functions', async () => {
    await show(page, '#packages');
    const { packages, functions } = measured.comparison;
    const rows = await tableFigures(page, 'section[aria-labelledby="packages"] table');
    expect(rows.map((cells) => [cells[0], cells[1], cells[3], cells[5]])).toEqual(
      packages.map(({ name, beforeMs, afterMs }) => [name, beforeMs, afterMs, afterMs - beforeMs]),
    );
    await keepScreenshot(page, 'packages');
    await page.getByRole('link', { name: 'own files' }).click();
    await settled(page);
    const own = functions.filter((row) => originOf(row) === 'own files');
    expect(await page.locator('tr.opened').count()).toBe(own.length);
  });

  test('the distributions show every pair, and the interval that the JSON has', async () => {
    await show(page, '#distributions');
    if (!('pairs' in measured.bench)) throw new Error('a gain measures pairs of one kind');
    const { pairs, gainRatio } = measured.bench;
    const tables = page.locator('.pictures figure');
    const figures = await tableFigures(page, '.pictures figure:nth-of-type(1) table');
    expect(figures.map((cells) => [cells[1], cells[2]])).toEqual(
      pairs.map(({ beforeMs, afterMs }) => [beforeMs, afterMs]),
    );
    expect(await tables.nth(0).locator('.mark-before').count()).toBe(pairs.length + 1);
    expect(await tables.nth(1).locator('.mark-after').count()).toBe(pairs.length);
    expect(await tables.nth(2).locator('.ratio').count()).toBe(pairs.length);
    const gains = await tableFigures(page, '.pictures figure:nth-of-type(4) table');
    expect(gains.map((cells) => cells[2])).toEqual(
      [gainRatio.point, gainRatio.low, gainRatio.high].with(1, gainRatio.high).with(2, gainRatio.low),
    );
    expect(await tables.nth(3).locator('svg').getAttribute('aria-label')).toContain(
      `${(pairs.length * (pairs.length + 1)) / 2} means`,
    );
    await keepScreenshot(page, 'distributions');
  });

  test('the figures to take along are the JSON of the comparison', async () => {
    await show(page, '#environment');
    const json = page.getByRole('region', { name: 'As JSON, all but the recordings' });
    await json.getByRole('button', { name: 'Show' }).click();
    const text = await json.locator('textarea').inputValue();
    const { comparison, bench } = JSON.parse(text);
    const { before, after, ...figures } = measured.comparison;
    expect(comparison).toMatchObject(JSON.parse(JSON.stringify(figures)));
    expect(comparison.before).toEqual({ ...before, file: expect.stringMatching(/^reports\//) });
    expect(comparison.after).toEqual({ ...after, file: expect.stringMatching(/^reports\//) });
    expect(bench).toEqual(measured.bench);
    expect(text.includes(measured.root)).toBe(false);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page
      .getByRole('region', { name: 'As markdown, for a pull request' })
      .getByRole('button', { name: 'Copy' })
      .click();
    await expect.poll(() => page.getByText('Copied').count()).toBe(1);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(comparisonMarkdown(comparison));
    await keepScreenshot(page, 'environment');
  });

  test('the link to a view is the view, and going back is going back', async () => {
    await show(page, '#summary');
    await page.getByRole('link', { name: 'Packages' }).click();
    await settled(page);
    expect(await page.locator('nav [aria-current="page"]').textContent()).toBe('Packages');
    await page.goBack();
    await settled(page);
    expect(await page.locator('nav [aria-current="page"]').textContent()).toBe('Summary');
  });

  test('dark is what the system wants, or what is chosen', async () => {
    const { page: dark } = await openReport(browser, measured.file, { colorScheme: 'dark' });
    const ground = () => dark.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await ground()).toBe('rgb(21, 23, 26)');
    await keepScreenshot(dark, 'summary-dark');
    await dark.getByRole('button', { name: 'Light' }).click();
    await settled(dark);
    expect(await ground()).toBe('rgb(252, 252, 250)');
    await dark.context().close();
  });

  test.each([
    { what: 'a narrow screen', options: { viewport: { width: 360, height: 700 } } },
    { what: 'twice the size', options: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } },
  ])('nothing is wider than $what', async ({ what, options }) => {
    const narrow = await openReport(browser, measured.file, options);
    for (const view of VIEWS) {
      await show(narrow.page, `#${view}`);
      const excess = await narrow.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ view, excess }).toEqual({ view, excess: 0 });
      await keepScreenshot(narrow.page, `${view}-${what.replaceAll(' ', '-')}`);
    }
    await narrow.page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing serious in the %s',
    async (colorScheme) => {
      const { page: checked } = await openReport(browser, measured.file, { colorScheme });
      for (const view of VIEWS) {
        await show(checked, `#${view}`);
        expect({ view, findings: await seriousFindings(checked) }).toEqual({ view, findings: [] });
      }
      await checked.context().close();
    },
    120_000,
  );

  test('on paper it is dark on white, without what can only be clicked', async () => {
    await show(page, '#summary');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav.views').isVisible()).toBe(false);
    expect(await page.locator('h1').isVisible()).toBe(true);
    await keepScreenshot(page, 'summary-print');
    await page.emulateMedia({ media: 'screen' });
  });

  test('it asked for nothing, and nothing went wrong', () => {
    expect(opened.requests).toEqual([]);
    expect(opened.problems).toEqual([]);
  });
});
