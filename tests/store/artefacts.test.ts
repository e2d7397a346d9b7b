import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Artefact, reserveStem, stampOf } from '../../src/store/artefacts.ts';
import { project } from '../support/outpace.ts';

const startedAt = new Date(2026, 0, 2, 3, 4, 5);
const ARTEFACTS: readonly Artefact[] = [
  { folder: 'profilesDir', extension: '.cpuprofile', content: 'p' },
  { folder: 'reportsDir', extension: '.txt', content: 't' },
];

async function folders() {
  const root = await project({});
  return { profilesDir: join(root, 'profiles'), reportsDir: join(root, 'reports') };
}

async function filesOf({ profilesDir, reportsDir }: Awaited<ReturnType<typeof folders>>) {
  return [...(await readdir(profilesDir)), ...(await readdir(reportsDir))].toSorted();
}

test('a stamp is local time', () => expect(stampOf(startedAt)).toBe('2026-01-02_03-04-05'));

test('ten reservations of one second get ten names', async () => {
  const where = await folders();
  const reservations = await Promise.all(
    Array.from({ length: 10 }, () => reserveStem({ ...where, startedAt, suffix: 'job_old_profile' })),
  );
  expect(new Set(reservations.map(({ stem }) => stem)).size).toBe(10);
  await Promise.all(reservations.map((reservation) => reservation.commit(ARTEFACTS)));
  await Promise.all(reservations.map((reservation) => reservation.release()));
  expect(await filesOf(where)).toHaveLength(20);
});

test('a name whose files exist is not taken again, though its marker is gone', async () => {
  const where = await folders();
  const first = await reserveStem({ ...where, startedAt, suffix: 's' });
  await first.commit(ARTEFACTS);
  await first.release();
  const second = await reserveStem({ ...where, startedAt, suffix: 's' });
  expect(second.stem).toBe('2026-01-02_03-04-05-2-s');
});

test('what cannot all be written is not written at all, and what was there stays', async () => {
  const where = await folders();
  const reservation = await reserveStem({ ...where, startedAt, suffix: 's' });
  const taken = join(where.reportsDir, `${reservation.stem}.txt`);
  await writeFile(taken, 'somebody else’s');
  await expect(reservation.commit(ARTEFACTS)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  await reservation.release();
  expect(await filesOf(where)).toEqual([`${reservation.stem}.txt`]);
  expect(await readFile(taken, 'utf8')).toBe('somebody else’s');
});

test('a folder that is a file is told before anything is measured', async () => {
  const where = await folders();
  await writeFile(where.profilesDir, '');
  await mkdir(where.reportsDir);
  await expect(reserveStem({ ...where, startedAt, suffix: 's' })).rejects.toMatchObject({
    code: 'STORE_FAILED',
    message: expect.stringContaining(where.profilesDir),
  });
});
