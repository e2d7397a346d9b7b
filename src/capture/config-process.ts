import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { messageOf, OutpaceError } from '../base/errors.ts';
import { MS_PER_S } from '../base/units.ts';
import type { ConfigAnswer } from './child/config-answer.ts';
import { cutShort } from './cut-short.ts';
import { interruption } from './ending.ts';
import { startFamily } from './process-family.ts';

const CHILD = new URL(
  import.meta.url.endsWith('.ts') ? './child/config.ts' : './child/config.js',
  import.meta.url,
);
/** A module that is loaded before the cache is enabled is compiled anew each time. */
const START = `require('node:module').enableCompileCache?.(); import(${JSON.stringify(CHILD.href)});`;
const TIME_LIMIT_MS = 30 * MS_PER_S;
const STDERR_FD = 2;

const AnswerSchema = v.variant('kind', [
  v.object({
    kind: v.literal('settings'),
    settings: v.unknown(),
    environment: v.record(v.string(), v.nullable(v.string())),
  }),
  v.object({ kind: v.literal('failed'), message: v.string() }),
]);

/**
 * Imports a config module in a process of its own, and gives its settings as data. What it prints goes to stderr; what it
 * leaves open ends with that process; what it changes in the environment is taken over.
 *
 * @throws OutpaceError MALFORMED_CONFIG naming the file, or INTERRUPTED
 */
export async function readConfigModule(
  file: string,
  { signal, timeoutMs = TIME_LIMIT_MS }: { readonly signal: AbortSignal; readonly timeoutMs?: number },
): Promise<unknown> {
  if (signal.aborted) throw interruption();
  const answer = await answerOf(file, { signal, timeoutMs });
  if (answer.kind === 'failed')
    throw new OutpaceError('MALFORMED_CONFIG', `${file} cannot be loaded: ${answer.message}`);
  for (const [name, value] of Object.entries(answer.environment)) {
    if (value === null) delete process.env[name];
    else process.env[name] = value;
  }
  return answer.settings;
}

async function answerOf(
  file: string,
  limits: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<ConfigAnswer> {
  const family = startFamily();
  const child = spawn(
    process.execPath,
    [
      ...ownOptions(),
      '--disable-warning=ExperimentalWarning',
      ...['--input-type=commonjs', '--eval', START],
      file,
    ],
    {
      cwd: dirname(file),
      env: { ...process.env, ...family.marker },
      // Its standard output is our stderr: stdout is for results.
      stdio: ['ignore', STDERR_FD, STDERR_FD, 'ipc'],
      detached: process.platform !== 'win32',
    },
  );
  // No need to wait for the guard: once it has started, it ends every process that was reported to it.
  family.adopt(child.pid);
  let answer: ConfigAnswer | null = null;
  child.on('message', (raw) => {
    answer = v.parse(AnswerSchema, raw);
    family.kill();
  });
  const early = cutShort(limits, family.kill);
  try {
    const exit = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, killedBy) => resolve(exitInWords(code, killedBy)));
    });
    if (answer !== null) return answer;
    if (early.why() === 'interrupted') throw interruption();
    if (early.why() === 'time limit') {
      return { kind: 'failed', message: `it had not finished after ${limits.timeoutMs / MS_PER_S} s` };
    }
    return { kind: 'failed', message: exit };
  } catch (error) {
    if (error instanceof OutpaceError) throw error;
    return { kind: 'failed', message: messageOf(error) };
  } finally {
    early.stop();
    await family.end();
  }
}

/** Such as `--import tsx`, which may be what makes the config readable; a debugger belongs to this process alone. */
function ownOptions(): string[] {
  return process.execArgv.filter((option) => !/^--inspect(-brk|-wait)?(=|$)/.test(option));
}

function exitInWords(code: number | null, killedBy: NodeJS.Signals | null): string {
  return killedBy === null
    ? `it ended its process with exit code ${code} before it was read: a config must not call process.exit`
    : `its process was ended by ${killedBy} before it was read`;
}
