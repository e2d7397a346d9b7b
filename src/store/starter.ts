import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';

export interface StarterChoices {
  readonly language: 'ts' | 'js';
  readonly job: string;
  /** Whether a GitHub workflow is written. */
  readonly workflow: boolean;
}

export interface Started {
  readonly written: readonly string[];
  /** What was there already, and stays as it is. */
  readonly kept: readonly string[];
}

const IGNORED = ['profiles/', 'reports/'];

/**
 * A config, two example implementations, ignored folders, and a workflow; nothing that exists is touched, but for lines
 * that are added to `.gitignore`.
 *
 * @throws OutpaceError STORE_FAILED
 */
export async function writeStarter(root: string, choices: StarterChoices): Promise<Started> {
  const written: string[] = [];
  const kept: string[] = [];
  try {
    const present = await readdir(root);
    for (const { file, text, unless } of starterFiles(choices, await usesModules(root))) {
      const there = present.find((name) => unless.test(name));
      if (there !== undefined) kept.push(there);
      else ((await writeNew(join(root, file), text)) ? written : kept).push(file);
    }
    ((await ignoreResults(root)) ? written : kept).push('.gitignore');
  } catch (error) {
    throw new OutpaceError('STORE_FAILED', `${root} cannot be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return { written, kept };
}

/** Whether the config can import outpace from there. */
export function isInstalled(root: string): boolean {
  try {
    createRequire(join(root, 'package.json')).resolve('outpace/package.json');
    return true;
  } catch {
    return false;
  }
}

/** Without `"type": "module"`, a file must say by its name that it is one. */
async function usesModules(root: string): Promise<boolean> {
  try {
    return JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).type === 'module';
  } catch {
    return false;
  }
}

async function writeNew(file: string, text: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function ignoreResults(root: string): Promise<boolean> {
  const file = join(root, '.gitignore');
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const missing = IGNORED.filter((folder) => !lines.includes(folder));
  if (missing.length === 0) return false;
  const lead = text === '' || text.endsWith('\n') ? '' : '\n';
  await appendFile(file, `${lead}${missing.join('\n')}\n`);
  return true;
}

interface StarterFile {
  readonly file: string;
  readonly text: string;
  /** What in the project's folder stands for this already. */
  readonly unless: RegExp;
}

function starterFiles({ language, job, workflow }: StarterChoices, modules: boolean): StarterFile[] {
  const extension = modules ? language : language === 'ts' ? 'mts' : 'mjs';
  const typed = language === 'ts';
  return [
    {
      file: `outpace.config.${extension}`,
      text: configText(job),
      unless: /^outpace\.config\.(ts|mts|cts|js|mjs|cjs|json)$/,
    },
    { file: `impl-old/index.${extension}`, text: oldText(typed), unless: /^impl-old$/ },
    { file: `impl-new/index.${extension}`, text: newText(typed), unless: /^impl-new$/ },
    ...(workflow ? [{ file: '.github/workflows/outpace.yml', text: WORKFLOW, unless: /^$/ }] : []),
  ];
}

const configText = (job: string): string => `import { defineConfig } from 'outpace';

export default defineConfig({
  job: '${job}',
  // What run() of each implementation is given; --input size=1000 overrides one value.
  input: { size: 40_000 },
});
`;

const signature = (typed: boolean): string =>
  typed ? 'export function run({ size }: { size: number }): number[] {' : 'export function run({ size }) {';

const numbers = '  const numbers = Array.from({ length: size }, (_, index) => (index * 7919) % (size / 2));';

const oldText = (typed: boolean): string => `/** Each number once, in the order of first appearance. */
${signature(typed)}
${numbers}
  return numbers.filter((number, index) => numbers.indexOf(number) === index);
}
`;

const newText = (typed: boolean): string => `/** The same numbers: a set remembers what it has seen. */
${signature(typed)}
${numbers}
  return [...new Set(numbers)];
}
`;

const WORKFLOW = `name: outpace
on: [pull_request]
jobs:
  bench:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm ci
      # Fails when new is shown to be slower than old.
      - run: npx outpace bench old new --fail-on regression
`;
