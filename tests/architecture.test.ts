import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));

/** Which folders of `src` a folder may import from, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  stats: ['base'],
  profile: ['base'],
  compare: ['base', 'stats', 'profile'],
  render: ['base', 'stats', 'profile', 'compare'],
  store: ['base', 'profile', 'compare'],
  capture: ['base', 'profile', 'store', 'compare'],
  workflow: ['base', 'stats', 'profile', 'compare', 'render', 'store', 'capture'],
  api: ['base', 'stats', 'profile', 'compare', 'render', 'store', 'capture', 'workflow'],
  cli: ['base', 'stats', 'profile', 'compare', 'render', 'store', 'capture', 'workflow', 'api'],
};

/** What only some folders may touch; the rest take it as an argument. */
const EFFECTS: readonly {
  readonly what: string;
  readonly in: readonly string[];
  readonly files?: readonly string[];
  readonly pattern: RegExp;
}[] = [
  {
    what: 'clocks and chance',
    in: ['capture'],
    pattern: /\bDate\.now\b|new Date\(\)|performance\.now|hrtime|Math\.random|crypto\.random/,
  },
  { what: 'the file system', in: ['store', 'capture'], pattern: /['"]node:fs(\/promises)?['"]/ },
  {
    what: 'process and console',
    in: ['capture', 'store', 'api', 'cli'],
    pattern: /\b(process|console)\.[a-z]/,
  },
  {
    what: 'printing, which escapes what it prints',
    in: ['capture'],
    files: ['cli/signals.ts', 'store/standard-output.ts'],
    pattern: /\bconsole\.[a-z]|process\.std(out|err)\.write\b/,
  },
  {
    what: 'threads and processes',
    in: ['capture'],
    pattern: /['"](node:(worker_threads|child_process|inspector)|execa)['"]/,
  },
];

/** The report's page runs in a browser, from one bundled script: what it imports is what reaches there. */
const PAGE = 'render/html/page/';
const PAGE_MAY_IMPORT = ['base', 'stats', 'profile', 'compare', 'render'];
const PAGE_PACKAGES = /^preact(\/hooks)?$/;

const modules = globSync('**/*.{ts,tsx}', { cwd: SOURCE })
  .filter((file) => !/\.test\.tsx?$/.test(file) && file.includes('/'))
  .map((file) => ({
    file,
    folder: file.split('/')[0] ?? '',
    text: readFileSync(join(SOURCE, file), 'utf8'),
  }));

test('there are modules to look at, in folders that have a rule', () => {
  expect(modules.length).toBeGreaterThan(20);
  expect(modules.filter(({ folder }) => !(folder in MAY_IMPORT)).map(({ file }) => file)).toEqual([]);
});

test('folders import only what they may', () => {
  const breaches = modules.flatMap(({ file, folder, text }) =>
    [...text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)].flatMap(([, path = '']) => {
      const target = relative(SOURCE, join(SOURCE, file, '..', path)).split('/')[0] ?? '';
      return target === folder || MAY_IMPORT[folder]?.includes(target) ? [] : `${file} imports ${path}`;
    }),
  );
  expect(breaches).toEqual([]);
});

/** What a workflow may take from `capture` by itself: names, words and an error. All that has an effect comes with the world. */
const WITHOUT_EFFECT = ['HARNESS_URL', 'interruption', 'missingLines'];

test('workflows touch processes, clocks and the machine through the world that they are given', () => {
  const breaches = modules
    .filter(({ folder }) => folder === 'workflow')
    .flatMap(({ file, text }) =>
      [...text.matchAll(/^import \{([^}]*)\} from '[^']*\/capture\/[^']*';/gm)].flatMap(([, names = '']) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '' && !name.startsWith('type ') && !WITHOUT_EFFECT.includes(name))
          .map((name) => `${file} imports ${name}`),
      ),
    );
  expect(breaches).toEqual([]);
});

describe('effects stay where they belong', () => {
  test.each(EFFECTS)('$what', ({ in: allowed, files = [], pattern }) => {
    const breaches = modules.filter(
      ({ file, folder, text }) => !allowed.includes(folder) && !files.includes(file) && pattern.test(text),
    );
    expect(breaches.map(({ file }) => file)).toEqual([]);
  });
});

describe('the report’s page', () => {
  const pages = modules.filter(({ file }) => file.startsWith(PAGE));
  const importsOf = (text: string) =>
    [...text.matchAll(/^\s*(?:import|export)\b(?:[^'"]*?\bfrom)?\s*['"]([^'"]+)['"]/gm)].map(
      ([, path = '']) => path,
    );

  test('there is one', () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.some(({ file }) => file.endsWith('.tsx'))).toBe(true);
  });

  test('imports pure modules, and the packages that are bundled with it', () => {
    const breaches = pages.flatMap(({ file, text }) =>
      importsOf(text).flatMap((path) => {
        const target = relative(SOURCE, join(SOURCE, file, '..', path)).split('/')[0] ?? '';
        const allowed = path.startsWith('.') ? PAGE_MAY_IMPORT.includes(target) : PAGE_PACKAGES.test(path);
        return allowed ? [] : `${file} imports ${path}`;
      }),
    );
    expect(breaches).toEqual([]);
  });

  test('is imported by nothing that Node runs', () => {
    const breaches = modules
      .filter(({ file }) => !file.startsWith(PAGE))
      .filter(({ file, text }) =>
        importsOf(text).some((path) => path.endsWith('.tsx') || join(file, '..', path).startsWith(PAGE)),
      );
    expect(breaches.map(({ file }) => file)).toEqual([]);
  });

  test('has no markup but what preact makes', () => {
    const raw = pages.filter(({ text }) => /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML/.test(text));
    expect(raw.map(({ file }) => file)).toEqual([]);
  });
});
