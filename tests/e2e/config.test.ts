import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { outpaceHere } from '../support/in-process.ts';
import { outpace, project } from '../support/outpace.ts';

const NOISY = `
  import { execSync } from 'node:child_process';
  import { writeSync } from 'node:fs';
  console.log('printed');
  writeSync(1, 'written\\n');
  execSync('echo by a child', { stdio: 'inherit' });
  setInterval(() => console.log('later'), 1);
  export default {
    job: 'noisy',
    equal: (before, after) => { console.log('equal prints'); writeSync(1, 'and writes\\n'); return before === after; },
  };
`;

test('what a config prints goes to stderr, and what it leaves open keeps nobody', async () => {
  const root = await project({
    'outpace.config.mjs': NOISY,
    'impl-old/index.mjs': 'export const run = () => 1;',
    'impl-new/index.mjs': 'export const run = () => 1;',
  });
  const { exitCode, stdout, stderr } = await outpace(root, ['bench', '--pairs', '1', '--json', '--quiet']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'bench', job: 'noisy', outputsEqual: true });
  for (const line of ['printed', 'written', 'by a child']) expect(stderr).toContain(line);
});

test.each([
  { config: 'process.exit(0);', args: [], says: 'outpace.config.mjs cannot be loaded: it ended its process' },
  { config: 'export default { input: { n: 5n } };', args: [], says: 'input.n is a BigInt' },
  { config: 'export default {};', args: ['--input', 'n=1e999'], says: 'input.n is Infinity' },
])('$config $args is rejected before anything runs or is written', async ({ config, args, says }) => {
  const root = await project({
    'outpace.config.mjs': config,
    'impl-old/index.mjs': 'export const run = () => process.kill(process.ppid, "SIGKILL");',
  });
  const { exitCode, stdout, stderr } = await outpaceHere(root, ['profile', 'old', ...args]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(says);
  expect(await readdir(root)).not.toContain('reports');
});

test.each(['2147483648ms', '600000m', '0.01ms'])('--timeout %s is what it says', async (timeout) => {
  const root = await project({ 'impl-old/index.mjs': 'export const run = () => 1;' });
  const { exitCode, stderr } = await outpaceHere(root, ['run', 'old', '--timeout', timeout]);
  if (timeout === '0.01ms') expect(stderr).toContain('time limit');
  else expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
});

test.each(['0s', '-1s', 'Infinity', '1e3s', `${'9'.repeat(400)}s`, '10'])(
  '--timeout %s is refused',
  async (timeout) => {
    const { exitCode, stderr } = await outpaceHere(await project({}), ['run', 'old', `--timeout=${timeout}`]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('expected a duration such as 500ms, 10s or 5m');
  },
);
