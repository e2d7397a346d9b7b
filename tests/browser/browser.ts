import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import axe, { type Result } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Looked at by people, and kept by CI; not part of the tree. */
const SCREENSHOTS = resolve(import.meta.dirname, '../../.cache/screenshots');

/** The browser that npm brings is built for Linux alone. */
export const HAS_BROWSER = process.platform === 'linux' && process.arch === 'x64';

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // Not sparticuz's own, which are for another place: one process for all, and no web security.
    args: ['--no-sandbox'],
    headless: true,
  });
}

export interface OpenedPage {
  readonly page: Page;
  /** What it asked for besides itself. */
  readonly requests: readonly string[];
  /** Errors, what its policy refused, and dialogs that it opened. */
  readonly problems: readonly string[];
}

/** A report's file as a person opens it. */
export async function openReport(
  browser: Browser,
  file: string,
  { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const [requests, problems]: [string[], string[]] = [[], []];
  const own = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== own) requests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(own + hash);
  await decoded(page);
  return { page, requests, problems };
}

/** Follows a link of the page's own. */
export async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
  await decoded(page);
  await settled(page);
}

/** Until what was clicked or typed is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function decoded(page: Page): Promise<void> {
  await page.waitForSelector('main[data-decoding="decoded"]');
}

export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

/** What axe finds wrong for people who do not see, or do not use a mouse; serious and critical. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async (): Promise<Result[]> => (await Reflect.get(globalThis, 'axe').run()).violations,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
    );
}

/** The figures in a table, as they are meant and not as they are written: of each row its cells' values, or their text. */
export async function tableFigures(page: Page, selector: string): Promise<(string | number)[][]> {
  return page.locator(selector).evaluate((table) =>
    [...table.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => {
        const data = cell.querySelector('data');
        return data === null ? (cell.textContent ?? '').trim() : Number(data.value);
      }),
    ),
  );
}
