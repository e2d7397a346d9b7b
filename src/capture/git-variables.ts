/**
 * What git tells its hooks about the repository that they run for: all of `git rev-parse --local-env-vars`, of every
 * version of git, what a push keeps its objects in until its hooks agree, and what `git --literal-pathspecs` and its like
 * pass on. With them, any git command works on that repository's index and folders, wherever it is run.
 */
const LOCAL_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_PARAMETERS',
  'GIT_DEFAULT_HASH',
  'GIT_DIR',
  'GIT_GLOB_PATHSPECS',
  'GIT_GRAFT_FILE',
  'GIT_ICASE_PATHSPECS',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_LITERAL_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_REF_STORAGE_FORMAT',
  'GIT_REFERENCE_BACKEND',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/** The pairs that GIT_CONFIG_COUNT counts. */
const COUNTED_SETTING = /^GIT_CONFIG_(KEY|VALUE)_\d+$/;

type Variables = Readonly<Record<string, string | undefined>>;

/** Whether a variable ties git to one repository. */
export function isGitVariable(name: string): boolean {
  return LOCAL_VARIABLES.has(name) || COUNTED_SETTING.test(name);
}

/** The rest of an environment. */
export function withoutGitVariables(variables: Variables): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !isGitVariable(name)));
}

/**
 * The folders that an environment declares safe by way of GIT_CONFIG_COUNT, as images for containers do.
 * They are a statement about the machine, not about one repository.
 */
export function safeDirectories(variables: Variables): string[] {
  const count = Number(variables.GIT_CONFIG_COUNT ?? 0);
  if (!Number.isInteger(count) || count < 1 || count > 1000) return [];
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const value = variables[`GIT_CONFIG_VALUE_${index}`];
    const isSafe = variables[`GIT_CONFIG_KEY_${index}`]?.toLowerCase() === 'safe.directory';
    return isSafe && value !== undefined ? [value] : [];
  });
}
