import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { claimFolder, releaseFolder, removeAbandoned } from '../../src/store/claims.ts';
import { removeLeftovers } from '../../src/store/leftovers.ts';
import { hasEnded, thisProcess } from '../../src/store/owner.ts';
import { project } from '../support/outpace.ts';

const onLinux = process.platform === 'linux';
const NAME = /^\..+\.reserved$/;
const STORE = fileURLToPath(new URL('../../src/store/', import.meta.url));

/** A process that is stopped by SIGKILL in the middle of `code`, once it has printed something. */
async function killed(code: string, env: Readonly<Record<string, string>> = {}): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return child.pid ?? 0;
}

const WAIT = 'console.log("ready"); setInterval(() => 0, 1000);';
const importing = (name: string, file: string) =>
  `import { ${name} } from ${JSON.stringify(`file://${STORE}${file}`)};`;

describe('whether an owner has ended', () => {
  const me = thisProcess();
  test.each([
    { what: 'this process', owner: me, ended: false },
    { what: 'another machine', owner: { ...me, host: 'elsewhere', pid: 2 ** 30 }, ended: false },
    { what: 'no such process', owner: { ...me, pid: 2 ** 30 }, ended: true },
    { what: 'process 1', owner: { ...me, pid: 1, startTicks: null }, ended: false },
  ])('$what: $ended', ({ owner, ended }) => expect(hasEnded(owner)).toBe(ended));

  test.skipIf(!onLinux).each([
    { what: 'a later process of that number', owner: { ...me, startTicks: '1' }, ended: true },
    { what: 'before the machine started', owner: { ...me, boot: 'earlier' }, ended: true },
    { what: 'another container', owner: { ...me, pidNamespace: 'pid:[1]', pid: 2 ** 30 }, ended: false },
  ])('$what: $ended', ({ owner, ended }) => expect(hasEnded(owner)).toBe(ended));
});

test('only folders with the note of an ended process are removed', async () => {
  const root = await project({
    '.ended.reserved/owner.json': JSON.stringify({ ...thisProcess(), pid: 2 ** 30 }),
    '.ended.reserved/unfinished.json': '{',
    '.alive.reserved/owner.json': JSON.stringify({ ...thisProcess(), pid: process.ppid, startTicks: null }),
    '.unreadable.reserved/owner.json': '{"pid":1}',
    '.without-note.reserved/mine.txt': 'mine',
    '.file.reserved': '',
    'other/owner.json': JSON.stringify({ ...thisProcess(), pid: 2 ** 30 }),
  });
  await mkdir(join(root, '.empty.reserved'));
  await symlink(join(root, 'other'), join(root, '.link.reserved'));
  const mine = join(root, '.mine.reserved');
  expect(await claimFolder(mine)).toBe(true);
  expect(await claimFolder(mine)).toBe(false);
  await removeAbandoned(root, NAME);
  expect((await readdir(root)).toSorted()).toEqual([
    '.alive.reserved',
    '.file.reserved',
    '.link.reserved',
    '.mine.reserved',
    '.unreadable.reserved',
    '.without-note.reserved',
    'other',
  ]);
  await releaseFolder(join(root, '.without-note.reserved'));
  await releaseFolder(mine);
  expect(await readdir(root)).toContain('.without-note.reserved');
  expect(await readdir(root)).not.toContain('.mine.reserved');
});

describe('after SIGKILL', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('a name that was reserved, and its unfinished files', async () => {
    const root = await project({ 'reports/kept.json': '{}' });
    const folders = { profilesDir: join(root, 'profiles'), reportsDir: join(root, 'reports') };
    await killed(
      `${importing('reserveStem', 'artefacts.ts')}
      await reserveStem({ ...${JSON.stringify(folders)}, startedAt: new Date(), suffix: 's' });
      ${WAIT}`,
    );
    expect(await readdir(folders.reportsDir)).toHaveLength(2);
    await removeLeftovers(folders);
    expect(await readdir(folders.reportsDir)).toEqual(['kept.json']);
    expect(await readdir(folders.profilesDir)).toEqual([]);
  });

  test('a temporary folder, and not one that is in use or somebody else’s', async () => {
    const root = await project({ 'outpace-abcdef/mine.txt': 'mine' });
    vi.stubEnv('TMPDIR', root);
    const { withTemporaryFolder } = await import('../../src/store/temporary.ts');
    await killed(
      `${importing('withTemporaryFolder', 'temporary.ts')}
      import { mkdirSync } from 'node:fs';
      await withTemporaryFolder(async (folder) => { mkdirSync(folder + '/tree'); ${WAIT} await new Promise(() => {}); });`,
      { TMPDIR: root },
    );
    expect(await readdir(root)).toHaveLength(2);
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'used'), '');
      await removeLeftovers({ profilesDir: root, reportsDir: root });
      expect((await readdir(folder)).toSorted()).toEqual(['owner.json', 'used']);
      expect(await readdir(root)).toHaveLength(2);
    });
    expect(await readdir(root)).toEqual(['outpace-abcdef']);
  });
});
