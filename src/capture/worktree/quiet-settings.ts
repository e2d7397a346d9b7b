import { gitEntries } from '../run-git.ts';

/** What turns off each kind of configured command. A driver without commands leaves content as it is. */
const TURNED_OFF = {
  filter: { clean: '', smudge: '', process: '', required: 'false' },
  // Configured ones, since git 2.54; those in a folder never run because of us.
  hook: { enabled: 'false' },
} as const;

/**
 * Options for git with which no hook and no filter of a repository runs, and a sparse checkout has every file.
 *
 * @param repository where git finds its settings: arguments such as `--git-dir`
 */
export async function quietSettings(cwd: string, repository: readonly string[] = []): Promise<string[]> {
  const names = await gitEntries(cwd, [
    ...repository,
    ...['config', '-z', '--name-only', '--get-regexp', '^(filter|hook)\\.'],
    // It ends with 1 if there are none.
  ]).catch((): string[] => []);
  const drivers = new Set(names.map((name) => name.slice(0, name.lastIndexOf('.'))));
  const settings = [...drivers].flatMap((driver) =>
    Object.entries(TURNED_OFF[driver.startsWith('hook.') ? 'hook' : 'filter']).flatMap(([key, value]) =>
      setting(`${driver}.${key}`, value),
    ),
  );
  return [
    ...settings,
    ...['sparseCheckout', 'sparseCheckoutCone'].flatMap((key) => setting(`core.${key}`, 'false')),
  ];
}

/** `-c` ends a name at its first `=`. */
function setting(name: string, value: '' | 'false'): string[] {
  if (!name.includes('=')) return ['-c', `${name}=${value}`];
  return [`--config-env=${name}=${value === '' ? EMPTY_VARIABLE : FALSE_VARIABLE}`];
}

const EMPTY_VARIABLE = 'OUTPACE_EMPTY';
const FALSE_VARIABLE = 'OUTPACE_FALSE';

/** What the options refer to. */
export const SETTING_VARIABLES = { [EMPTY_VARIABLE]: '', [FALSE_VARIABLE]: 'false' } as const;
