/**
 * What a lockfile locks that another does not, each in words; empty where whoever installed by `here` has all that
 * `there` asks for.
 *
 * A package that is only locked here does no harm: nothing over there asks for it.
 */
export function lockedOnlyThere({
  here,
  there,
}: {
  readonly here: string;
  readonly there: string;
}): string[] {
  if (here === there) return [];
  const [ours, theirs] = [npmPackages(here), npmPackages(there)];
  return ours !== null && theirs !== null ? packagesUnlike(ours, theirs) : linesUnlike(here, there);
}

interface LockedPackage {
  readonly version: string;
  /** All that decides which files are installed. */
  readonly identity: string;
}

/** By their folders, the packages of a package-lock.json since npm 7; null for what is none. */
function npmPackages(text: string): ReadonlyMap<string, LockedPackage> | null {
  const packages = fieldOf(parsed(text), 'packages');
  if (typeof packages !== 'object' || packages === null) return null;
  const installed = Object.entries(packages).filter(([folder]) => folder.includes('node_modules/'));
  return new Map(
    installed.map(([folder, entry]) => {
      const identity = ['version', 'resolved', 'integrity', 'link'].map((name) => fieldOf(entry, name));
      return [
        folder,
        { version: String(fieldOf(entry, 'version') ?? 'a link'), identity: JSON.stringify(identity) },
      ];
    }),
  );
}

function packagesUnlike(
  here: ReadonlyMap<string, LockedPackage>,
  there: ReadonlyMap<string, LockedPackage>,
): string[] {
  return [...there].flatMap(([folder, locked]) => {
    const ours = here.get(folder);
    if (ours?.identity === locked.identity) return [];
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const differs = ours === undefined ? 'not installed here' : `${ours.version} here`;
    return [`${name} is ${locked.version} there and ${differs}`];
  });
}

/**
 * The others (pnpm, yarn, bun) write a line for each fact, indented below what it is about: a line counts together with
 * those it is below.
 */
function linesUnlike(here: string, there: string): string[] {
  const ours = new Set(factsIn(here).map((fact) => fact.join('\n')));
  const missing = factsIn(there).filter((fact) => !ours.has(fact.join('\n')));
  const leaves = missing.map((fact) => fact.map((part) => part.replace(/:$/, '')).join(' > '));
  return leaves.filter((fact, index) => !(leaves[index + 1] ?? '').startsWith(`${fact} > `));
}

function factsIn(text: string): string[][] {
  const above: { readonly indent: number; readonly line: string }[] = [];
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((raw) => {
      const line = raw.trim();
      const indent = raw.length - raw.trimStart().length;
      while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
      above.push({ indent, line });
      return above.map((entry) => entry.line);
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
