import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isGitVariable, safeDirectories, withoutGitVariables } from './git-variables.ts';

test('all that git itself calls local to a repository', () => {
  const names = execFileSync('git', ['rev-parse', '--local-env-vars'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  expect(names).toContain('GIT_INDEX_FILE');
  expect(names.filter((name) => !isGitVariable(name))).toEqual([]);
});

test('what says who the user is, how to reach a remote, or which CI runs stays', () => {
  const kept = {
    PATH: '/bin',
    GIT_SSH_COMMAND: 'ssh -i key',
    GIT_AUTHOR_NAME: 'a',
    GIT_CONFIG_GLOBAL: '/etc/gitconfig',
    GIT_CEILING_DIRECTORIES: '/home',
    GIT_BRANCH: 'main',
    GIT_COMMIT: '1234',
  };
  const local = {
    GIT_DIR: '.git',
    GIT_QUARANTINE_PATH: 'tmp',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.bare',
    GIT_CONFIG_VALUE_0: 'true',
    GIT_LITERAL_PATHSPECS: '1',
  };
  expect(withoutGitVariables({ ...kept, ...local })).toEqual(kept);
});

test.each([
  { variables: {}, folders: [] },
  { variables: { GIT_CONFIG_COUNT: 'many' }, folders: [] },
  { variables: { GIT_CONFIG_COUNT: '1' }, folders: [] },
  {
    variables: {
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_0: 'Safe.Directory',
      GIT_CONFIG_VALUE_0: '/work',
      GIT_CONFIG_KEY_1: 'core.hooksPath',
      GIT_CONFIG_VALUE_1: '/hooks',
      GIT_CONFIG_KEY_2: 'safe.directory',
      GIT_CONFIG_VALUE_2: '*',
      GIT_CONFIG_KEY_3: 'safe.directory',
      GIT_CONFIG_VALUE_3: 'not counted',
    },
    folders: ['/work', '*'],
  },
])('the folders that an environment declares safe: $folders', ({ variables, folders }) => {
  expect(safeDirectories(variables)).toEqual(folders);
});
