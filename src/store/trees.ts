import { readlink, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The repository's top folder as it is checked, and that of the other commit's tree; neither has a link on the way. */
export interface TwoTrees {
  readonly here: string;
  readonly there: string;
}

/** Without links on the way; a path that leads nowhere stays as it is. */
export async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Whether a path below a folder leads through a `node_modules`. */
export function isInstalled(folder: string, path: string): boolean {
  return relative(folder, path).split(sep).includes('node_modules');
}

/** Where a file of this tree is in the other, whether or not it exists there; null for what is not in this tree. */
export async function counterpart({ here, there }: TwoTrees, path: string): Promise<string | null> {
  if (isInside(here, path)) return join(there, relative(here, path));
  // A path that leads here through a link.
  const real = await realPath(path);
  return isInside(here, real) ? join(there, relative(here, real)) : null;
}

/**
 * Makes links of the other tree lead where their counterparts here lead: within the repository to the other tree's own
 * files, though the link is absolute; outside it to the same place, though the link is relative.
 */
export async function redirectLinks(trees: TwoTrees, links: readonly string[]): Promise<void> {
  for (const link of links) {
    const target = await readlink(link).catch(() => null);
    if (target === null) continue;
    const meant = resolve(dirname(join(trees.here, relative(trees.there, link))), target);
    const own = isAbsolute(target) || !isInside(trees.here, meant) ? await counterpart(trees, meant) : null;
    if (own !== null) await replaceLink(link, own);
    else if (!isAbsolute(target) && !isInside(trees.here, meant)) await replaceLink(link, meant);
  }
}

async function replaceLink(link: string, target: string): Promise<void> {
  await rm(link);
  await linkTo(target, link);
}

/** A link to a file or a folder, which need not exist. */
export async function linkTo(target: string, link: string): Promise<void> {
  const found = await stat(target).catch(() => null);
  await symlink(target, link, found?.isDirectory() === false ? 'file' : 'junction');
}

/** Options of Node as the other tree needs them: a path or URL into this tree becomes one into that. */
export function optionsThere({ here, there }: TwoTrees, options: readonly string[]): string[] {
  const pairs = [
    [`${pathToFileURL(here).href}/`, `${pathToFileURL(there).href}/`],
    [`${here}${sep}`, `${there}${sep}`],
  ] as const;
  return options.map((option) =>
    pairs.reduce((text, [from, to]) => replacedAtStart(text, { from, to }), option),
  );
}

/** Replaces a path that an option is, or that follows its `=`, not one that only contains it. */
function replacedAtStart(
  option: string,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  const at = option.startsWith(from) ? 0 : option.indexOf('=') + 1;
  return option.startsWith(from, at)
    ? `${option.slice(0, at)}${to}${option.slice(at + from.length)}`
    : option;
}
