import { isOwn } from '../profile/origin.ts';
import { normalUrl, packageFile, timelessUrl } from '../profile/script-url.ts';

/** A function as a side names it. */
interface NamedPlace {
  readonly name: string;
  readonly file: string;
}

export interface PairedFiles {
  /** What a file of that side is called on both: the same for two files that are one. */
  readonly before: (file: string) => string;
  readonly after: (file: string) => string;
}

/** What two files must have in common to be one. */
type KeyOf = (file: string) => string | null;

/** So many folders are looked at, from the file up. */
const MOST_FOLDERS = 8;
/** Of any implementation; the one module of a side that has it is its entry. */
const ENTRY = 'run';

/**
 * Which file of one side is which of the other: the one of the same name; as another writer spells it; in the folder of
 * its own implementation; in another version or build; in another folder, where as many names as possible from there on
 * are alike; and the entries of two implementations.
 *
 * Each step looks at what the ones before have left, and takes the files of which each side has just one.
 */
export function pairedFiles(before: readonly NamedPlace[], after: readonly NamedPlace[]): PairedFiles {
  const found = { before: new Map<string, string>(), after: new Map<string, string>() };
  let left = { before: filesOf(before), after: filesOf(after) };
  const names = { before: namesByFile(before), after: namesByFile(after) };
  const isEntry = (file: string) =>
    names.before.get(file)?.has(ENTRY) === true || names.after.get(file)?.has(ENTRY) === true;
  const steps: readonly KeyOf[] = [
    (file) => file,
    normalUrl,
    withoutImplementation,
    timelessUrl,
    (file) => timelessUrl(withoutImplementation(file)),
    hoisted,
    ...Array.from({ length: MOST_FOLDERS }, (_, step) => lastParts(MOST_FOLDERS - step + 1)),
    lastParts(1),
    (file) => (isOwnFile(file) && isEntry(file) ? ENTRY : null),
  ];
  for (const [step, keyOf] of steps.entries()) {
    const news = Map.groupBy(left.after, keyOf);
    for (const [key, [old, ...others]] of Map.groupBy(left.before, keyOf)) {
      const [now, ...more] = key === null ? [] : (news.get(key) ?? []);
      if (old === undefined || now === undefined || others.length > 0 || more.length > 0) continue;
      // Many a folder has an `index.js`: two that have no function in common are two.
      if (step === steps.length - 2 && !haveCommon(names.before.get(old), names.after.get(now))) continue;
      found.before.set(old, now);
      found.after.set(now, now);
    }
    left = {
      before: left.before.filter((file) => !found.before.has(file)),
      after: left.after.filter((file) => !found.after.has(file)),
    };
  }
  return {
    before: (file) => found.before.get(file) ?? `only before: ${file}`,
    after: (file) => found.after.get(file) ?? `only after: ${file}`,
  };
}

function filesOf(functions: readonly NamedPlace[]): string[] {
  return [...new Set(functions.map(({ file }) => file))];
}

function namesByFile(functions: readonly NamedPlace[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const { name, file } of functions) {
    const known = names.get(file) ?? new Set();
    names.set(file, known);
    if (name !== '') known.add(name);
  }
  return names;
}

function haveCommon(
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): boolean {
  return before !== undefined && after !== undefined && [...before].some((name) => after.has(name));
}

function isOwnFile(file: string): boolean {
  return isOwn({ name: '', file, engine: false });
}

/** A side's own folder is no difference: `impl-old/index.ts` and `impl-new/index.ts` are the same place. */
function withoutImplementation(file: string): string {
  return normalUrl(file).replace(/(^|\/)impl-[^/]+\//, '$1impl-*/');
}

/** A package's file, whether it is installed at the top or within another package. */
function hoisted(file: string): string | null {
  const inPackage = packageFile(file);
  return inPackage === null ? null : inPackage.slice(inPackage.lastIndexOf('node_modules/'));
}

/** The file's name and those of the folders around it; null for what is not the program's own, or has fewer. */
function lastParts(count: number): KeyOf {
  return (file) => {
    const parts = timelessUrl(file).split('/');
    return parts.length < count || !isOwnFile(file) ? null : parts.slice(-count).join('/');
  };
}
