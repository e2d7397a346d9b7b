/** The command that a report prints asks for the same check again. */
import { Command } from 'commander';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { CheckOptions } from '../../src/api/check.ts';
import { addCheck } from '../../src/cli/check.ts';
import { openSession } from '../../src/cli/session.ts';
import { checkCommand } from '../../src/render/check/command.ts';
import { recordedWorld } from '../support/recorded-world.ts';

const asked: CheckOptions[] = [];
const { world } = recordedWorld({
  api: () => {
    const check = async (options: CheckOptions) => {
      asked.push(options);
      throw new Error('asked');
    };
    return { check } as never;
  },
});
const { session } = openSession(world);

/** What outpace's own parser makes of a command line that a POSIX shell has read. */
async function parsed(command: string): Promise<CheckOptions> {
  const { stdout } = await execa('sh', ['-c', `outpace() { printf '%s\\0' "$@"; }; ${command}`], {
    stripFinalNewline: false,
  });
  const program = new Command().exitOverride();
  addCheck(program, session);
  const words = stdout.split('\0').slice(0, -1);
  await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow('asked');
  const { signal: _, onProgress: __, ...options } = asked.pop() ?? {};
  return options;
}

const COMMIT = 'c0ffee'.padEnd(40, '0');
const DEFAULTS = { allowDifferentOutput: false, requireConclusive: false, input: {} };

test.each<{ readonly what: string; readonly options: CheckOptions }>([
  { what: 'nothing', options: {} },
  {
    what: 'everything',
    options: {
      after: 'new',
      before: 'old',
      baseline: 'a file.json',
      stdinFile: 'its input.txt',
      maxSlowdown: 0.07,
      minGain: 0.5,
      maxMemory: 1.1,
      maxImport: 0.3,
      metric: 'cpu',
      includeImport: true,
      maxCalls: 0,
      budgetMs: 12_500,
      timeoutMs: 1.5,
      seed: 7,
      dependencies: 'production',
      implementationFrom: 'this-tree',
      allowDifferentOutput: true,
      requireConclusive: true,
      input: { users: 10 },
    },
  },
  { what: 'a name that looks like an option', options: { after: '-new', baseline: "it's" } },
  { what: 'less than nothing', options: { minGain: -0.25, seed: -3 } },
  { what: 'the import too', options: { includeImport: true } },
  { what: 'small and large ratios', options: { maxSlowdown: 20, maxMemory: 1e-9, maxCalls: 1 / 3 } },
  {
    what: 'input whose types matter',
    options: {
      input: {
        ...{ text: '42', number: 42, negative: -1.5, yes: true, text2: 'true', none: null, noText: 'null' },
        ...{ empty: '', list: [1, '1'], nested: { a: 'b=c' }, quote: `"'\``, spaced: ' 1 ', minusZero: -0 },
        ...{
          equals: 'a=b',
          dollar: '$HOME `id` \\ !',
          plain: 'plain text',
          umlaut: 'Göttingen',
          emoji: '👍',
        },
        ...{ line: 'one\ntwo', escape: '\u001b[31m', bidi: '\u202eabc', lone: '\ud800', json: '{"a":1}' },
      },
    },
  },
  {
    what: 'input whose keys are hard to write',
    options: { input: { 'a=b': 1, '': 2, '{x': 3, 'line\nbreak': '4', 'a b': 5, '-c': 6, __proto: 7 } },
  },
])('$what', async ({ options }) => {
  const command = checkCommand(options, { job: 'the-job', commit: COMMIT, folder: '' });
  expect(command).not.toContain('\n');
  const { budgetMs, ...given } = await parsed(command);
  const known = Object.fromEntries(
    Object.entries({ ...given, budgetMs }).filter(([, value]) => value !== undefined),
  );
  expect(known).toEqual({ ...DEFAULTS, ...options, against: COMMIT, job: 'the-job' });
});

test('a project in another folder is entered first', () =>
  expect(checkCommand({}, { job: 'j', commit: null, folder: 'packages/my app' })).toBe(
    "cd 'packages/my app' && outpace check --job j",
  ));
