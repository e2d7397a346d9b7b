import { link, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';
import { assertFolderWritable } from './writable-folder.ts';

export interface ArtefactFolders {
  readonly profilesDir: string;
  readonly reportsDir: string;
}

export interface Artefact {
  readonly folder: keyof ArtefactFolders;
  /** What follows the stem, from its dot on. */
  readonly extension: string;
  readonly content: string;
}

/** A name that nobody else can take, for files that will appear together. */
export interface Reservation {
  readonly stem: string;
  /** Writes all or none, and gives their paths in the order of `artefacts`. */
  commit(artefacts: readonly Artefact[]): Promise<string[]>;
  /** Writes one file of that name, or puts it in the place of what this reservation wrote there before; gives its path. */
  update(artefact: Artefact): Promise<string>;
  /** Gives the name back; what was committed stays. */
  release(): Promise<void>;
}

/** Local time as `YYYY-MM-DD_HH-MM-SS`. */
export function stampOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}_${[two(date.getHours()), two(date.getMinutes()), two(date.getSeconds())].join('-')}`;
}

/**
 * Takes the first free name of this second, also against other processes.
 *
 * @param options.suffix `<job>_<implementation>_profile`
 * @throws OutpaceError STORE_FAILED when the folders cannot be written to
 */
export async function reserveStem(
  options: ArtefactFolders & { readonly startedAt: Date; readonly suffix: string },
): Promise<Reservation> {
  const folders = [options.profilesDir, options.reportsDir];
  for (const folder of folders)
    await mkdir(folder, { recursive: true }).catch((error) => storeFailed(folder, error));
  const stamp = stampOf(options.startedAt);
  for (let attempt = 1; ; attempt += 1) {
    const stem = `${stamp}${attempt === 1 ? '' : `-${attempt}`}-${options.suffix}`;
    const marker = join(options.reportsDir, `.${stem}.reserved`);
    if (!(await createMarker(marker))) continue;
    const taken = (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
    if (!taken.some((file) => file.startsWith(`${stem}.`))) {
      await assertProfilesWritable(options, { stem, marker });
      return reservation({ options, stem, marker });
    }
    await rm(marker, { force: true });
  }
}

/** The marker has shown that the reports' folder can be written to; the profiles have the longest names. */
async function assertProfilesWritable(
  { profilesDir }: ArtefactFolders,
  { stem, marker }: Pick<Reserved, 'stem' | 'marker'>,
): Promise<void> {
  try {
    await assertFolderWritable(profilesDir, `.${stem}.worker-999.cpuprofile.partial`);
  } catch (error) {
    await rm(marker, { force: true });
    throw error;
  }
}

async function createMarker(marker: string): Promise<boolean> {
  try {
    await (await open(marker, 'wx')).close();
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    return storeFailed(marker, error);
  }
}

interface Reserved {
  readonly options: ArtefactFolders;
  readonly stem: string;
  readonly marker: string;
}

function reservation({ options, stem, marker }: Reserved): Reservation {
  return {
    stem,
    async commit(artefacts) {
      const moves = artefacts.map(({ folder, extension, content }) => ({
        partial: join(options[folder], `.${stem}${extension}.partial`),
        file: join(options[folder], `${stem}${extension}`),
        content,
      }));
      const appeared: string[] = [];
      try {
        for (const { partial, content } of moves) {
          await writeFile(partial, content).catch((error) => storeFailed(partial, error));
        }
        for (const { partial, file } of moves) {
          await appear(partial, file).catch((error) => storeFailed(file, error));
          appeared.push(file);
        }
      } catch (error) {
        for (const file of appeared) await rm(file, { force: true });
        throw error;
      } finally {
        for (const { partial } of moves) await rm(partial, { force: true });
      }
      return appeared;
    },
    async update({ folder, extension, content }) {
      const file = join(options[folder], `${stem}${extension}`);
      const partial = join(options[folder], `.${stem}${extension}.partial`);
      try {
        await writeFile(partial, content);
        await rename(partial, file);
      } catch (error) {
        return storeFailed(file, error);
      } finally {
        await rm(partial, { force: true });
      }
      return file;
    },
    async release() {
      await rm(marker, { force: true });
    },
  };
}

/** Gives a complete file its name, unless somebody else has it. */
async function appear(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
  } catch (error) {
    // A file system without hard links; the name was reserved, so that nothing is replaced.
    if (!isErrorCode(error, 'EPERM') && !isErrorCode(error, 'ENOTSUP') && !isErrorCode(error, 'EOPNOTSUPP'))
      throw error;
    await rename(partial, file);
  }
}

function storeFailed(path: string, error: unknown): never {
  throw new OutpaceError('STORE_FAILED', `${path} cannot be written: ${messageOf(error)}`, { cause: error });
}
