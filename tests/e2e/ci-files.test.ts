/** Workflows, pipelines and scripts for CI systems: read by what reads them there, and run where that can be done here. */
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { githubParser } from '../support/github-parser.ts';
import { project, TEST_NODE } from '../support/outpace.ts';
import { git, repository } from '../support/repository.ts';
import { ACTION_FOLDER, runAction } from '../support/run-action.ts';

const text = (name: string) => readFile(join(ACTION_FOLDER, name), 'utf8');

describe('as GitHub’s own parser reads it', () => {
  test('action.yml', async () => {
    const { actionErrors } = await githubParser();
    const content = await text('action.yml');
    expect(actionErrors(content)).toEqual([]);
    expect(actionErrors(content.replace('using: composite', 'using: composite\n  pre: x'))).not.toEqual([]);
  });

  test.each(['.github/workflows/ci.yml', 'examples/github-workflow.yml'])('%s', async (name) => {
    const { workflowErrors } = await githubParser();
    const content = await text(name);
    expect(workflowErrors(content)).toEqual([]);
    expect(workflowErrors(content.replace('runs-on', 'runs-at'))).not.toEqual([]);
  });

  test('what a workflow gives to the action is what it takes', async () => {
    const { inputs } = parse(await text('action.yml'));
    const gates = (await Promise.all(['.github/workflows/ci.yml', 'examples/github-workflow.yml'].map(text)))
      .flatMap((content): { steps: { uses?: string; with?: object }[] }[] =>
        Object.values(parse(content).jobs),
      )
      .flatMap(({ steps }) => steps.filter(({ uses }) => uses === './' || uses?.includes('/outpace@')));
    expect(gates).toHaveLength(2);
    for (const gate of gates)
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(gate.with ?? {})));
  });
});

test('the pipeline of GitLab keeps the files that its script writes', async () => {
  const { outpace: job } = parse(await text('examples/gitlab-ci.yml'));
  const script: string = job.script.join('\n');
  await execa('bash', ['-n', '-c', script]);
  expect(script).toContain(`--junit ${job.artifacts.reports.junit}`);
  expect(script).toContain(`--gitlab ${job.artifacts.reports.codequality}`);
  expect(job.artifacts.when).toBe('always');
});

/** What it costs is told by its calls, which are exact: no noise of a machine decides these tests. */
const calling = (times: number) => `
  function step(sum, turn) { return (sum * 31 + turn) | 0; }
  export function run() {
    let sum = 0;
    for (let turn = 0; turn < ${times}; turn += 1) sum = step(sum, turn);
    return sum * 0;
  }`;

/** A repository that has outpace installed, and a commit on main. */
async function withOutpace(): Promise<string> {
  const root = await repository({
    'impl-old/index.mjs': calling(1000),
    'impl-new/index.mjs': calling(1000),
    'outpace.config.json': '{"job":"turns","check":{"maxSlowdown":1000,"maxCalls":0.5}}',
  });
  const packages = await project({ 'node_modules/.bin/.keep': '' });
  await symlink(ACTION_FOLDER, join(packages, 'node_modules/outpace'), 'junction');
  await symlink('../outpace/bin/outpace.js', join(packages, 'node_modules/.bin/outpace'));
  await symlink(join(packages, 'node_modules'), join(root, 'node_modules'), 'junction');
  return root;
}

const CASES = [
  { what: 'calls as often', change: calling(1001), exitCode: 0, verdict: 'pass', failures: '0' },
  { what: 'calls three times as often', change: calling(3000), exitCode: 2, verdict: 'fail', failures: '1' },
];

describe.skipIf(process.platform === 'win32')('really run', () => {
  const NODE = join(TEST_NODE, '..');

  test.each(CASES)(
    'gate.sh, of a change that $what',
    { timeout: 480_000 },
    async ({ change, exitCode, failures }) => {
      const root = await withOutpace();
      await writeFile(join(root, 'impl-new/index.mjs'), change);
      const gate = await execa(
        'bash',
        [join(ACTION_FOLDER, 'examples/gate.sh'), 'main', '--budget', '1ms', '--quiet'],
        {
          cwd: root,
          reject: false,
          env: {
            PATH: `${NODE}:${process.env.PATH}`,
            OUT: 'made/here',
            GITHUB_ACTIONS: '',
            GITHUB_STEP_SUMMARY: '',
          },
        },
      );
      expect(gate.exitCode).toBe(exitCode);
      const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(
        await readFile(join(root, 'made/here/junit.xml'), 'utf8'),
      );
      expect(testsuites).toMatchObject({ failures, testsuite: { name: 'outpace turns' } });
      expect(await readFile(join(root, 'made/here/summary.md'), 'utf8')).toMatch(
        /^<!-- outpace-check:turns -->/,
      );
    },
  );

  test('gate.sh, where nothing can be measured', async () => {
    const root = await withOutpace();
    const gate = await execa('bash', [join(ACTION_FOLDER, 'examples/gate.sh'), 'nowhere'], {
      cwd: root,
      reject: false,
      env: { PATH: `${NODE}:${process.env.PATH}` },
    });
    expect(gate.exitCode).toBe(1);
    expect(gate.stderr).toContain('there is no commit "nowhere"');
    expect(gate.stderr).toMatch(/gate: it could not be measured$/);
  });

  test.each(CASES)(
    'the action, of a change that $what',
    { timeout: 480_000 },
    async ({ change, exitCode, verdict }) => {
      const workspace = await withOutpace();
      await git(workspace, 'switch', '--quiet', '-c', 'branch');
      await writeFile(join(workspace, 'impl-new/index.mjs'), change);
      await git(workspace, 'commit', '--quiet', '--allow-empty', '-am', 'a change');
      const { results, outputs, summary } = await runAction({
        workspace,
        // Only a rule that passes needs enough pairs to say so.
        inputs: { args: `--budget ${verdict === 'pass' ? '120s' : '1ms'} --quiet`, against: 'main' },
      });
      expect(results[1]?.exitCode).toBe(exitCode);
      expect(outputs.verdict).toBe(verdict);
      expect(JSON.parse(await readFile(outputs.report ?? '', 'utf8'))).toMatchObject({
        job: 'turns',
        verdict: { kind: verdict },
      });
      expect(summary.trim()).toBe((await readFile(outputs.markdown ?? '', 'utf8')).trim());
      expect(results[1]?.stderr).toMatch(verdict === 'fail' ? /^::error title=outpace turns/m : /^$/);
      expect(results[2]?.stdout).toContain('no pull request');
    },
  );
});
