import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { commitFiles, type NewFile } from './commit.ts';
import { attempt, errnoOf } from './failure.ts';

/** One file of a result: its name is the reservation's stem and this extension (`.txt`). */
export interface Artefact {
  readonly folder: 'profiles' | 'reports';
  readonly extension: string;
  readonly content: string | Uint8Array;
}

/** A name that belongs to this run alone, until it is released. */
export interface Reservation {
  readonly stem: string;
  /** Writes all files or none; the last one appears last. Returns their absolute paths. */
  commit(files: readonly Artefact[]): Promise<string[]>;
  /** Gives the name back; what was committed stays. May be called again. */
  release(): Promise<void>;
}

export interface ReservationRequest {
  readonly profilesDir: string;
  readonly reportsDir: string;
  readonly startedAt: Date;
  /** `<job>_<impl>_profile` */
  readonly suffix: string;
}

/** Local time as `YYYY-MM-DD_HH-MM-SS`. */
export function stampOf(date: Date): string {
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())];
  return `${day.join('-')}_${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('-')}`;
}

/**
 * Reserves `<stamp>-<suffix>`, or `<stamp>-2-<suffix>` and so on where another run has that name, in this process or another.
 *
 * @throws OutpaceError STORE_FAILED
 */
export async function reserveStem(request: ReservationRequest): Promise<Reservation> {
  const folders = { profiles: resolve(request.profilesDir), reports: resolve(request.reportsDir) };
  for (const folder of Object.values(folders)) {
    await attempt('make the folder', folder, () => mkdir(folder, { recursive: true }));
  }
  const stamp = stampOf(request.startedAt);
  for (let count = 1; ; count += 1) {
    const stem = `${count === 1 ? stamp : `${stamp}-${count}`}-${request.suffix}`;
    const lock = join(folders.reports, `.${stem}.reserved`);
    if (!(await attempt('reserve', lock, () => createExclusively(lock)))) continue;
    const release = () => attempt('remove', lock, () => rm(lock, { force: true }));
    try {
      if (!(await isUsed(stem, Object.values(folders)))) return reservation(stem, folders, release);
    } catch (thrown) {
      await release();
      throw thrown;
    }
    await release();
  }
}

function reservation(
  stem: string,
  folders: Readonly<Record<Artefact['folder'], string>>,
  release: () => Promise<void>,
): Reservation {
  return {
    stem,
    release,
    commit: (files) =>
      commitFiles(
        files.map(({ folder, extension, content }): NewFile => {
          const name = extension.startsWith('.') ? `${stem}${extension}` : `${stem}.${extension}`;
          return { path: join(folders[folder], name), content };
        }),
      ),
  };
}

/** False where the file is there already. */
async function createExclusively(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

async function isUsed(stem: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const names = await attempt('read the folder', folder, () => readdir(folder));
    if (names.some((name) => name.startsWith(`${stem}.`))) return true;
  }
  return false;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
