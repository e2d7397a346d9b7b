import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { execa } from 'execa';
import { inject } from 'vitest';
import { parse } from 'yaml';
import { TEST_NODE } from './outpace.ts';

export const ACTION_FOLDER = resolve(import.meta.dirname, '../..');

export interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly 'working-directory'?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export async function readAction(): Promise<Action> {
  return parse(await readFile(join(ACTION_FOLDER, 'action.yml'), 'utf8'));
}

export interface Situation {
  /** The repository's top. */
  readonly workspace: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: object;
  readonly token?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly name: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Nested = { readonly [key: string]: string | Nested };

/** The steps of the action as a runner runs them: expressions by GitHub's own evaluator, each step in its shell. */
export async function runAction({ workspace, inputs = {}, event = {}, token = '', env = {} }: Situation) {
  const action = await readAction();
  const scratch = await mkdtemp(join(inject('scratchFolder'), 'runner-'));
  const summary = join(scratch, 'summary.md');
  await writeFile(summary, '');
  await writeFile(join(scratch, 'event.json'), JSON.stringify(event));
  const github = { token, event: event as Nested };
  const given = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      name,
      inputs[name] ?? interpolated(input.default ?? '', { github }, true),
    ]),
  );
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const results: StepResult[] = [];
  let succeeds = true;
  for (const [index, step] of action.runs.steps.entries()) {
    const context = { github, inputs: given, steps };
    if (!(step.if === undefined ? succeeds : isTrue(step.if, context, succeeds))) continue;
    if (step.run === undefined) throw new Error(`${step.name} uses ${step.uses}, which is not here`);
    const output = join(scratch, `output-${index}`);
    await writeFile(output, '');
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [
      name,
      interpolated(value, context, succeeds),
    ]);
    const done = await runScript(step.run, {
      cwd: join(workspace, interpolated(step['working-directory'] ?? '.', context, succeeds)),
      env: {
        PATH: `${dirname(TEST_NODE)}:${process.env.PATH}`,
        GITHUB_ACTIONS: 'true',
        CI: 'true',
        GITHUB_ACTION_PATH: ACTION_FOLDER,
        GITHUB_WORKSPACE: workspace,
        GITHUB_REPOSITORY: 'owner/project',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_EVENT_PATH: join(scratch, 'event.json'),
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_BASE_REF: '',
        RUNNER_TEMP: join(scratch, 'temp'),
        ...env,
        ...Object.fromEntries(own),
      },
    });
    results.push({ name: step.name, ...done });
    succeeds &&= done.exitCode === 0;
    if (step.id !== undefined) steps[step.id] = { outputs: outputsIn(await readFile(output, 'utf8')) };
  }
  const context = { github, inputs: given, steps };
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, interpolated(value, context, succeeds)]),
  );
  return { results, outputs, succeeds, summary: await readFile(summary, 'utf8') };
}

async function runScript(
  script: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Omit<StepResult, 'name'>> {
  const { exitCode, stdout, stderr } = await execa(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
    { ...options, reject: false, stdin: 'ignore' },
  );
  return { exitCode: exitCode ?? 1, stdout, stderr };
}

/** `name=value`, and `name<<end` with the lines up to `end`. */
function outputsIn(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)(?:=(.*)|<<(.+)\n([\s\S]*?)\n\3)$/gm);
  return Object.fromEntries([...found].map(([, name, line, , lines]) => [name, line ?? lines ?? '']));
}

interface Context {
  readonly [name: string]: Nested | Record<string, { outputs: Record<string, string> }>;
}

function interpolated(text: string, context: Context, succeeds: boolean): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) =>
    evaluated(expression, context, succeeds).coerceString(),
  );
}

function isTrue(condition: string, context: Context, succeeds: boolean): boolean {
  const expression = condition.replace(/^\$\{\{(.*)\}\}$/s, '$1');
  return evaluated(expression, context, succeeds).coerceString() === 'true';
}

function evaluated(expression: string, context: Context, succeeds: boolean) {
  const status = (name: string, value: boolean) => ({
    ...{ name, minArgs: 0, maxArgs: 0 },
    call: () => new data.BooleanData(value),
  });
  const functions = [status('cancelled', false), status('always', true), status('success', succeeds)];
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(context), functions).parse();
  const root = JSON.parse(JSON.stringify(context), data.reviver);
  return new Evaluator(tree, root, new Map(functions.map((one) => [one.name, one]))).evaluate();
}
