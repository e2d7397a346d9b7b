/** Every command that the documents show is typed as it stands there. */
import { readdirSync, readFileSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { project } from '../support/outpace.ts';
import { inProject, type Packed, pack, projectWithPacked } from '../support/packed.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCS = join(ROOT, 'docs');

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(file: string): Block[] {
  return [...readFileSync(file, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', text = '']) => ({ language, text }),
  );
}

/** What a shell would be given: whole blocks of sh, and the steps of a workflow. */
function commandsOf({ language, text }: Block): string[] {
  if (language === 'sh') return [text];
  if (language !== 'yaml') return [];
  return [...text.matchAll(/^ *- (?:run: )?((?:npm|npx) .*)$/gm)].map(([, command = '']) => command);
}

const guides = readdirSync(DOCS).filter((name) => name.endsWith('.md') && name !== 'case-study.md');
const COMMIT =
  'git init -q -b main && git add -A && git -c user.name=t -c user.email=t@example.org commit -qm first';
let packed: Packed;
/** A project as `outpace init` leaves it; each guide gets a copy. */
let initialized: string;
beforeAll(async () => {
  packed = await pack();
  initialized = await projectWithPacked(packed, { files: { 'package.json': '{"private":true}' } });
  await inProject(initialized, 'npx', ['outpace', 'init', '--yes']);
  const config = join(initialized, 'outpace.config.mts');
  const text = await readFile(config, 'utf8');
  expect(text).toContain('size: 40_000');
  // The commands are what is tested, and a smaller job shows them as well.
  await writeFile(config, text.replace('size: 40_000', 'size: 8_000'));
  // As any project is; what npm has installed is not part of it.
  await writeFile(join(initialized, '.gitignore'), 'node_modules\nreports/\nprofiles/\n');
  await inProject(initialized, 'bash', ['-ec', COMMIT]);
});

/** The command with the package of this tree, and measuring for a second: how long it measures is not what is tested. */
function typed(command: string): string {
  return (
    command
      // Not the registry's outpace is tested.
      .replaceAll('--save-dev outpace', `--save-dev ${packed.tarball}`)
      .replaceAll(/--budget \d+s/g, '--budget 1s')
      .replaceAll('gain --quick', 'gain --quick --budget 1s')
  );
}

test('there are documents with commands', () => {
  const commands = guides.flatMap((name) => blocksOf(join(DOCS, name)).flatMap(commandsOf));
  expect(guides.length).toBeGreaterThanOrEqual(5);
  expect(commands.length).toBeGreaterThanOrEqual(10);
});

describe.skipIf(process.platform === 'win32')('each command of a document works, in order', () => {
  test.each(guides)('docs/%s', { timeout: 480_000 }, async (name) => {
    const root = await project({});
    await cp(initialized, root, { recursive: true, verbatimSymlinks: true });
    for (const command of blocksOf(join(DOCS, name)).flatMap(commandsOf)) {
      const line = typed(command);
      const { exitCode, stderr } = await inProject(root, 'bash', ['-ec', line]).catch((error) => error);
      expect({ command, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({
        command,
        exitCode: 0,
        stderr: '',
      });
    }
  });
});

test('the case study’s implementations give the output that its figures are of', {
  timeout: 480_000,
}, async () => {
  const [, first = ''] = blocksOf(join(DOCS, 'case-study.md')).flatMap(commandsOf)[0]?.split('\n') ?? [];
  expect(first).toContain('bench old clones bytes writer new');
  const names = ['old', 'clones', 'bytes', 'writer', 'new'];
  const { stdout } = await execa(
    process.execPath,
    [
      join(ROOT, 'bin/outpace.js'),
      'bench',
      ...names,
      '--pairs',
      '1',
      '--input',
      'users=300',
      '--json',
      '--quiet',
    ],
    { cwd: join(DOCS, 'case-study') },
  );
  expect(JSON.parse(stdout)).toMatchObject({ outputsEqual: true });
});
