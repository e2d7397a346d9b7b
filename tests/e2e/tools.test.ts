/** Other people's tools on the same entry: each makes pages, or says why not. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { project, projectWithPackages } from '../support/outpace.ts';

const BUSY = 'for (const end = Date.now() + 300; Date.now() < end;);';
const WITH_A_WORKER = {
  'impl-new/worker.mjs': `function inTheWorker() { ${BUSY} }\ninTheWorker();`,
  'impl-new/index.mjs': `import { once } from 'node:events';
    import { Worker } from 'node:worker_threads';
    function onTheMainThread() { ${BUSY} }
    export async function run() {
      const worker = new Worker(new URL('./worker.mjs', import.meta.url));
      onTheMainThread();
      await once(worker, 'exit');
      return 1;
    }`,
};

async function pagesOf(root: string): Promise<string[]> {
  return (await readdir(join(root, 'reports'))).filter((file) => !file.startsWith('.')).toSorted();
}

describe('flame', () => {
  test('one page a thread, with its own functions at their true width', async () => {
    const root = await projectWithPackages(WITH_A_WORKER);
    const { stdout, stderr, exitCode } = await outpace(root, ['flame', 'new']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const [main, worker, ...others] = stdout.trim().split('\n');
    expect(others).toEqual([]);
    expect(await pagesOf(root)).toHaveLength(2);
    const [mainPage, workerPage] = await Promise.all(
      [main, worker].map((file) => readFile(join(root, file ?? ''), 'utf8')),
    );
    expect(microsecondsOf(mainPage, 'onTheMainThread ./impl-new/index.mjs:3')).toBeGreaterThan(250_000);
    expect(microsecondsOf(workerPage, 'inTheWorker ./impl-new/worker.mjs:1')).toBeGreaterThan(250_000);
    expect(mainPage).not.toContain('inTheWorker');
  });

  test('TypeScript is not hidden as V8’s own, and a hostile place stays text', async () => {
    const hostile = '</script><script>alert(1)</script>';
    const evaluated = `function held() { ${BUSY} }\nheld();\n//# sourceURL=${hostile}`;
    const root = await projectWithPackages({
      'impl-new/index.ts': `export const run = (): void => (0, eval)(${JSON.stringify(evaluated)});`,
    });
    const { stdout, exitCode } = await outpace(root, ['flame', 'new']);
    expect(exitCode).toBe(0);
    const page = await readFile(join(root, stdout.trim()), 'utf8');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('held ‹/script›‹script›alert(1)‹/script› as .js:1');
    expect(page).toContain('run ./impl-new/index.ts as .js:1');
  });
});

/** 0x's own `value` of a frame, which the harness has made microseconds. */
function microsecondsOf(page: string | undefined, name: string): number {
  const at = page?.indexOf(JSON.stringify(name)) ?? -1;
  return Number(/"value":(\d+)/.exec(page?.slice(at, at + 500) ?? '')?.[1]);
}

describe.each([
  { command: 'doctor', page: /_new_doctor\.html$/ },
  { command: 'bubble', page: /_new_bubbleprof\.html$/ },
  { command: 'heap', page: /_new_heapprofiler\.html$/ },
])('$command', ({ command, page }) => {
  // With a Node that clinic's bubbleprof hangs on, the time limit is what is told.
  test('a page, workers or not', { timeout: 480_000 }, async () => {
    const root = await projectWithPackages(WITH_A_WORKER);
    const { stdout, stderr, exitCode } = await outpace(root, [command, 'new', '--timeout', '60s']);
    if (exitCode !== 0 && command === 'bubble') {
      expect(stderr).toMatch(/clinic bubbleprof (had not ended|made no page)/);
      return;
    }
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout.trim()).toMatch(page);
    expect(await readFile(join(root, stdout.trim()), 'utf8')).toContain('<html');
  });
});

test('a run that fails makes no page, and that is an error', async () => {
  const root = await projectWithPackages({
    'impl-new/index.mjs': 'export function run() { throw new Error("no such luck"); }',
  });
  const { stderr, exitCode } = await outpace(root, ['doctor', 'new', '--timeout', '60s', '--quiet']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('the run under clinic doctor failed; last lines of its output:');
  expect(stderr).toContain('no such luck');
  expect(await pagesOf(root)).toEqual([]);
});

test.each([
  { args: ['flame'], says: 'Usage: outpace flame <implementation>' },
  { args: ['doctor', 'a', 'b'], says: 'Usage: outpace doctor <implementation>' },
  { args: ['heap', '../x'], says: 'Unknown implementation specified' },
])('$args is refused', async ({ args, says }) => {
  const { stderr, exitCode } = await outpace(await project({}), args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(says);
});
