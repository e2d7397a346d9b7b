/**
 * The report's page in a browser beside speedscope and cpupro on the same profiles: size, time to the first picture,
 * frames while it is zoomed. `npm run benchmark:report [-- rounds]`, after `npm run gain`, whose newest profiles are taken.
 *
 * outpace and speedscope show the calls in time order. cpupro 0.7.0's own reports do not open from the disk in this
 * browser ("Failed to fetch"), so its page is given the file by its button; it zooms by clicks, so frames are not compared.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import { execa } from 'execa';
import { chromium, type Page } from 'playwright-core';
import { median } from '../src/stats/median.ts';
import { millionSamples } from './million-samples.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDER = join(ROOT, '.cache/benchmark-report');
const CPUPRO = 'cpupro@0.7.0';
const ROUNDS = Number(process.argv[2] ?? 3);

interface Shown {
  readonly tool: string;
  readonly url: string;
  readonly sizeBytes: number;
  /** Where in the window its picture is. */
  readonly picture: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** A file that is opened by the page's button, and not with the page. */
  readonly opened: string | null;
  readonly zoomsByWheel: boolean;
  /** True once the page is past its own start, an expression. */
  readonly loaded: string;
}

const HAS_CANVAS = "document.querySelector('canvas') !== null";

/** By outpace: both sides on one page. By the others: one of them, since each takes one. */
async function pagesOf(before: string, after: string): Promise<Shown[]> {
  return [await byOutpace(before, after), bySpeedscope(before), byCpupro(before)];
}

async function byOutpace(before: string, after: string): Promise<Shown> {
  const { stdout } = await execa(process.execPath, [join(ROOT, 'bin/outpace.js'), 'report', before, after], {
    cwd: FOLDER,
  });
  const file = join(FOLDER, stdout.trim());
  const url = `${pathToFileURL(file).href}#flame?side=before&order=time`;
  const picture = { x: 100, y: 420, width: 1000, height: 300 };
  const sizeBytes = statSync(file).size;
  return {
    tool: 'outpace (two sides)',
    url,
    sizeBytes,
    picture,
    opened: null,
    zoomsByWheel: true,
    loaded: HAS_CANVAS,
  };
}

/** As its own command line does: the profile as a script beside its page. */
function bySpeedscope(profile: string): Shown {
  const script = join(FOLDER, `${basename(profile)}.js`);
  const text = readFileSync(profile).toString('base64');
  writeFileSync(script, `speedscope.loadFileFromBase64(${JSON.stringify(basename(profile))}, "${text}")`);
  const release = join(ROOT, 'node_modules/speedscope/dist/release');
  const page = pathToFileURL(join(release, 'index.html')).href;
  const own = readdirSync(release).filter((name) => /\.(html|js|css|woff2)$/.test(name));
  return {
    tool: 'speedscope',
    url: `${page}#localProfilePath=${script}`,
    sizeBytes: [script, ...own.map((name) => join(release, name))].reduce(
      (sum, file) => sum + statSync(file).size,
      0,
    ),
    picture: { x: 100, y: 145, width: 1000, height: 300 },
    opened: null,
    zoomsByWheel: true,
    loaded: "document.title.includes('cpuprofile')",
  };
}

function byCpupro(profile: string): Shown {
  const page = join(FOLDER, 'node_modules/cpupro/build/app.html');
  return {
    tool: 'cpupro',
    url: pathToFileURL(page).href,
    sizeBytes: statSync(page).size + statSync(profile).size,
    picture: { x: 160, y: 190, width: 1000, height: 150 },
    opened: profile,
    zoomsByWheel: false,
    loaded: 'true',
  };
}

/** Until the place of the picture is more than a ground and a line of text, to one look, some 50 ms. */
async function firstPicture(page: Page, { url, picture, opened, loaded }: Shown): Promise<number> {
  let start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  if (opened !== null) {
    const choosing = page.waitForEvent('filechooser');
    await page.getByText('Open file').first().click();
    const chooser = await choosing;
    start = performance.now();
    await chooser.setFiles(opened);
  }
  for (;;) {
    // Before a page has drawn anything there may be nothing to be had.
    const shot = await page.screenshot({ clip: picture, animations: 'allow' }).catch(() => Buffer.of());
    if (shot.length > BLANK_BYTES && (await page.evaluate(loaded))) return performance.now() - start;
    if (performance.now() - start > GIVEN_UP_MS)
      throw new Error(`${url} shows nothing: its last look had ${shot.length} bytes`);
  }
}

const BLANK_BYTES = 3200;
const GIVEN_UP_MS = 60_000;
const STEPS = 30;
/** Some take seconds a step. */
const ZOOMED_LONG_MS = 5000;

/** The time between frames while the wheel zooms into the middle of the picture and out again. */
async function framesWhileZooming(page: Page, { picture }: Shown): Promise<number[]> {
  await page.mouse.move(picture.x + picture.width / 2, picture.y + picture.height / 2);
  await page.evaluate(`globalThis.frames_ = []; globalThis.watching_ = true;
    requestAnimationFrame(function next(at) { frames_.push(at); if (watching_) requestAnimationFrame(next); });`);
  await page.keyboard.down('Control');
  const start = performance.now();
  for (let step = 0; step < STEPS && performance.now() - start < ZOOMED_LONG_MS; step += 1)
    await page.mouse.wheel(0, step < STEPS / 2 ? -60 : 60);
  await page.keyboard.up('Control');
  const at: number[] = await page.evaluate('globalThis.watching_ = false; frames_');
  return at.slice(1).map((ms, index) => ms - (at[index] ?? ms));
}

/** Drawn by the processor, and with speedscope's right to read the script beside its page. */
const ARGS = [
  ...['--no-sandbox', '--allow-file-access-from-files', '--ignore-gpu-blocklist', '--in-process-gpu'],
  ...['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
];

async function measured(shown: Shown): Promise<string> {
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ARGS,
  });
  const [first, frames]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      first.push(await firstPicture(page, shown));
      if (shown.zoomsByWheel) frames.push(...(await framesWhileZooming(page, shown)));
      if (round === 0) await page.screenshot({ path: join(FOLDER, `${basename(shown.tool)}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
  }
  const ascending = frames.toSorted((a, b) => a - b);
  const cell = (ms: number | undefined) => (ms === undefined ? '-' : `${ms.toFixed(1)} ms`).padStart(14);
  return (
    `  ${shown.tool.padEnd(20)}${(shown.sizeBytes / 1e6).toFixed(2).padStart(8)} MB` +
    `${cell(median(first.toSorted((a, b) => a - b)))}${cell(ascending[Math.floor(ascending.length / 2)])}` +
    `${cell(ascending[Math.floor(0.95 * ascending.length)])}\n`
  );
}

/** The newest profile of the main thread of one side. */
function newest(side: string): string {
  const file = readdirSync(join(ROOT, 'profiles'))
    .filter((name) => name.endsWith(`_${side}_profile.cpuprofile`))
    .toSorted()
    .at(-1);
  if (file === undefined) throw new Error(`profiles/ has none of ${side}: npm run gain makes one`);
  return join(ROOT, 'profiles', file);
}

mkdirSync(FOLDER, { recursive: true });
writeFileSync(join(FOLDER, 'package.json'), '{"private":true,"name":"million"}');
await execa('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', CPUPRO], { cwd: FOLDER });
const [one, other] = [join(FOLDER, 'one.cpuprofile'), join(FOLDER, 'other.cpuprofile')];
writeFileSync(one, millionSamples(1));
writeFileSync(other, millionSamples(2));

for (const [title, before, after] of [
  ['the bundled job, main threads', newest('old'), newest('new')],
  ['a million samples', one, other],
] as const) {
  process.stdout.write(
    `${title}, ${ROUNDS} rounds:\n${''.padEnd(22)}${'size'.padStart(11)}${'first picture'.padStart(14)}${'a frame'.padStart(14)}${'1 of 20 over'.padStart(14)}\n`,
  );
  for (const shown of await pagesOf(before, after)) process.stdout.write(await measured(shown));
}
