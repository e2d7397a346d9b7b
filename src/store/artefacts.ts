import { link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrorCode, messageOf, OutpaceError } from '../base/errors.ts';
import { claimFolder, releaseFolder } from './claims.ts';
import { removeLeftovers } from './leftovers.ts';

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
 * Takes the first free name of this second, also against other processes; removes what runs that were killed left there.
 *
 * @param options.suffix `<job>_<implementation>_profile`
 * @throws OutpaceError STORE_FAILED when the folders cannot be written to
 */
export async function reserveStem(
  options: ArtefactFolders & { readonly startedAt: Date; readonly suffix: string },
): Promise<Reservation> {
  const { profilesDir, reportsDir } = options;
  for (const folder of [profilesDir, reportsDir])
    await mkdir(folder, { recursive: true }).catch((error) => storeFailed(folder, error));
  await removeLeftovers(options);
  const stamp = stampOf(options.startedAt);
  for (let attempt = 1; ; attempt += 1) {
    const stem = `${stamp}${attempt === 1 ? '' : `-${attempt}`}-${options.suffix}`;
    const claims = await claimName(options, stem);
    if (claims !== null) return reservation({ options, stem, claims });
  }
}

/** Where the unfinished files of each folder are meanwhile. */
type Claims = Readonly<Record<keyof ArtefactFolders, string>>;

/** null where the name is taken. */
async function claimName(options: ArtefactFolders, stem: string): Promise<Claims | null> {
  const { profilesDir, reportsDir } = options;
  const claims = {
    profilesDir: join(profilesDir, `.${stem}.reserved`),
    reportsDir: join(reportsDir, `.${stem}.reserved`),
  };
  const claim = (folder: keyof ArtefactFolders): Promise<boolean> =>
    claimFolder(claims[folder]).catch((error) => storeFailed(options[folder], error));
  if (!(await claim('reportsDir'))) return null;
  try {
    const isFree =
      (claims.profilesDir === claims.reportsDir || (await claim('profilesDir'))) &&
      !(await isTaken([profilesDir, reportsDir], stem));
    if (isFree) return claims;
  } catch (error) {
    await release(claims);
    throw error;
  }
  await release(claims);
  return null;
}

async function isTaken(folders: readonly string[], stem: string): Promise<boolean> {
  const files = (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
  return files.some((file) => file.startsWith(`${stem}.`));
}

async function release(claims: Claims): Promise<void> {
  for (const folder of new Set([claims.profilesDir, claims.reportsDir])) await releaseFolder(folder);
}

interface Reserved {
  readonly options: ArtefactFolders;
  readonly stem: string;
  readonly claims: Claims;
}

function reservation({ options, stem, claims }: Reserved): Reservation {
  const placeOf = ({ folder, extension }: Artefact) => ({
    partial: join(claims[folder], `${stem}${extension}`),
    file: join(options[folder], `${stem}${extension}`),
  });
  return {
    stem,
    async commit(artefacts) {
      const moves = artefacts.map((artefact) => ({ ...placeOf(artefact), content: artefact.content }));
      const appeared: string[] = [];
      try {
        for (const { partial, file, content } of moves)
          await writeFile(partial, content).catch((error) => storeFailed(file, error));
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
    async update(artefact) {
      const { partial, file } = placeOf(artefact);
      try {
        await writeFile(partial, artefact.content);
        await rename(partial, file);
      } catch (error) {
        return storeFailed(file, error);
      } finally {
        await rm(partial, { force: true });
      }
      return file;
    },
    release: () => release(claims),
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
