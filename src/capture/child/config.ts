/**
 * The process that a config module is imported in. It is a program of the user's: it may print, end its process, leave
 * things open or never settle, and outpace goes on.
 */
import { inspect } from 'node:util';
import { OutpaceError } from '../../base/errors.ts';
import { importConfig, settingsOf } from '../../store/config-module.ts';
import type { ConfigAnswer } from './config-answer.ts';

const sendToParent = process.send?.bind(process);
// The config must not find a parent to talk to.
delete process.send;
const [, file = ''] = process.argv;
const environment = { ...process.env };

let answered = false;
process.once('uncaughtException', (error) => answer({ kind: 'failed', message: described(error) }));
process.once('beforeExit', () =>
  answer({ kind: 'failed', message: 'it waits for a promise that never settles' }),
);
void read().then(answer);

function answer(message: ConfigAnswer): void {
  if (answered) return;
  answered = true;
  sendToParent?.(message, undefined, {}, () => process.exit(0));
}

async function read(): Promise<ConfigAnswer> {
  try {
    const settings = settingsOf(await importConfig(file));
    return { kind: 'settings', settings, environment: changedEnvironment() };
  } catch (error) {
    return { kind: 'failed', message: described(error) };
  }
}

/** What the config changed in the environment, which the measured processes are to inherit; null where it removed it. */
function changedEnvironment(): Record<string, string | null> {
  const names = new Set([...Object.keys(environment), ...Object.keys(process.env)]);
  return Object.fromEntries(
    [...names]
      .filter((name) => process.env[name] !== environment[name])
      .map((name) => [name, process.env[name] ?? null]),
  );
}

function described(thrown: unknown): string {
  if (thrown instanceof OutpaceError) return thrown.message;
  if (!(thrown instanceof Error)) return `it threw ${inspect(thrown)}, which is not an Error`;
  // Where Node knows the place of a syntax error, the stack begins with it.
  const place = /^\S.*:\d+\n[\s\S]*?(?=\n\n?\w*Error\b)/.exec(String(thrown.stack))?.[0];
  return place === undefined || !(thrown instanceof SyntaxError)
    ? thrown.message
    : `${thrown.message}\n${place.trimEnd()}`;
}
