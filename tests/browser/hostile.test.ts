/** What a profile calls its functions and files stays text, wherever the page shows it. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { escapeTerminal } from '../../src/render/escape.ts';
import { HOSTILE_NAMES, hostileProfile } from '../support/hostile-profile.ts';
import { outpace, project } from '../support/outpace.ts';
import { HAS_BROWSER, keepScreenshot, openReport, seriousFindings, show, startBrowser } from './browser.ts';

const BEFORE = '<b>before<b> & "co".cpuprofile';

/** Three threads of one recording, with what would be a trick on the eye in their names. */
const THREADS = ['\u202enniam\u202c', 'w\u200bone\u2066', '</option>\u0007\u009b2J\u3164'];

describe.skipIf(!HAS_BROWSER)('hostile names of threads', () => {
  let browser: Browser;
  let file: string;
  beforeAll(async () => {
    browser = await startBrowser();
    const events = THREADS.flatMap((name, index) => threadEvents(index + 1, name));
    const trace = JSON.stringify({ traceEvents: events });
    const root = await project({
      'before.json': trace,
      'after.json': trace,
      'package.json': '{"name":"hostile"}',
    });
    const { exitCode, stderr } = await outpace(root, ['report', './before.json', './after.json']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [page = ''] = globSync('reports/*.html', { cwd: root });
    file = join(root, page);
  }, 60_000);
  afterAll(() => browser?.close());

  test('are shown by their escapes in the box that chooses one, and everywhere else', async () => {
    const { page, problems } = await openReport(browser, file, { hash: '#flame' });
    const options = await page.locator('select option').allTextContents();
    expect(options.toSorted()).toEqual(['all threads', ...THREADS.map(escapeTerminal)].toSorted());
    for (const view of [
      'summary',
      'flame',
      'flame?order=time',
      'flame?thread=1',
      'functions',
      'timeline',
      'environment',
    ]) {
      await show(page, `#${view}`);
      const shown = await page.evaluate(() => {
        const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
          ['title', 'aria-label'].map((name) => element.getAttribute(name) ?? ''),
        );
        return [document.title, document.querySelector('#page')?.textContent, ...attributes].join('\n');
      });
      expect(shown.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\u3164]/u);
    }
    expect(problems).toEqual([]);
  });
});

/** A thread that spends 30 ms in one function, as Chrome writes it. */
function threadEvents(tid: number, name: string): object[] {
  const shared = { pid: 1, tid, cat: 'disabled-by-default-v8.cpu_profiler' };
  const callFrame = (functionName: string) => ({
    ...{ functionName, scriptId: 1, url: '', lineNumber: 0, columnNumber: 0 },
  });
  const nodes = [
    { id: 1, callFrame: callFrame('(root)') },
    { id: 2, parent: 1, callFrame: callFrame('work') },
  ];
  const cpuProfile = { nodes, samples: [2, 2, 2] };
  return [
    { pid: 1, tid, ph: 'M', name: 'thread_name', cat: '__metadata', ts: 0, args: { name } },
    { ...shared, ph: 'P', name: 'Profile', id: `0x${tid}`, ts: 1, args: { data: { startTime: 1000 } } },
    {
      ...{ ...shared, ph: 'P', name: 'ProfileChunk', id: `0x${tid}`, ts: 2 },
      args: { data: { cpuProfile, timeDeltas: [0, 10_000, 10_000], endTime: 31_000 } },
    },
  ];
}

describe.skipIf(!HAS_BROWSER)('a hostile profile', () => {
  let browser: Browser;
  let file: string;
  beforeAll(async () => {
    browser = await startBrowser();
    const root = await project({
      [BEFORE]: hostileProfile(2),
      'after.cpuprofile': hostileProfile(1),
      'package.json': '{"name":"hostile"}',
    });
    const { exitCode, stderr, stdout } = await outpace(root, ['report', `./${BEFORE}`, './after.cpuprofile']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [page = ''] = globSync('reports/*.html', { cwd: root });
    expect(stdout.trim()).toBe(page);
    file = join(root, page);
  }, 60_000);
  afterAll(() => browser?.close());

  test('is text in every view', async () => {
    const { page, requests, problems } = await openReport(browser, file);
    for (const view of [
      'summary',
      'flame',
      'functions',
      'timeline',
      'distributions',
      'packages',
      'environment',
    ]) {
      await show(page, `#${view}`);
      expect(await page.evaluate(() => Reflect.has(globalThis, 'owned'))).toBe(false);
      expect(await page.locator('img, svg[onload], b, iframe, object').count()).toBe(0);
      await keepScreenshot(page, `hostile-${view}`);
    }
    await show(page, '#functions');
    const shown = await page.locator('table.functions tbody th .place').allTextContents();
    expect(shown.map((text) => text.trim()).toSorted()).toEqual(
      [
        '(root)',
        ...HOSTILE_NAMES.map((name, index) => {
          const base = `${name}.js`.split('/').at(-1);
          return `${escapeTerminal(name)} ${escapeTerminal(`${base}:${index + 1}`)}`;
        }),
      ].toSorted(),
    );
    expect(await seriousFindings(page)).toEqual([]);
    expect(requests).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('a link that searches for markup is text too', async () => {
    const hash = `#functions?q=${encodeURIComponent('</script><img src=x onerror=owned=1>')}`;
    const { page, problems } = await openReport(browser, file, { hash });
    expect(await page.locator('input[type="search"]').inputValue()).toContain('<img');
    expect(await page.locator('img').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('the file has one script that runs, its own, and its policy lets nothing else run or load', async () => {
    const html = await readFile(file, 'utf8');
    expect(html.match(/<script type="module">/g)).toHaveLength(1);
    expect(html.match(/<\/script>/g)).toHaveLength(3);
    expect(html).toMatch(
      /content="default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'"/,
    );
  });
});
