/** The command line as a function: its arguments and a machine go in, its exit code and what it prints come out. */
import * as bench from '../../src/api/bench.ts';
import * as check from '../../src/api/check.ts';
import * as gain from '../../src/api/gain.ts';
import * as profile from '../../src/api/profile.ts';
import * as report from '../../src/api/report.ts';
import * as run from '../../src/api/run.ts';
import * as scale from '../../src/api/scale.ts';
import * as tools from '../../src/api/tools.ts';
import { THIS_MACHINE, type World } from '../../src/capture/world.ts';
import { outpace } from '../../src/cli/outpace.ts';
import type { CommandWorld } from '../../src/cli/session.ts';
import { outpace as spawned, TEST_NODE } from './outpace.ts';
import { inFolder, recordedWorld } from './recorded-world.ts';

const API = { bench, check, gain, profile, report, run, scale, tools };

interface Printed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Here {
  readonly machine?: World;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Runs a command line in this process, in a folder; one at a time, since a process has one current folder. Where another
 * Node is tested, it runs the binary under that one, unless there is a machine.
 *
 * @returns what is printed without its last line end, as execa gives it
 */
export async function outpaceHere(
  folder: string,
  args: readonly string[],
  { machine, environment = {}, signal = new AbortController().signal }: Here = {},
): Promise<Printed> {
  if (machine === undefined && TEST_NODE !== process.execPath) return printedBy(await spawned(folder, args));
  const api = (module: keyof typeof API) => inWorld(API[module], machine ?? THIS_MACHINE);
  const recorded = recordedWorld({ environment, signal, api: api as CommandWorld['api'] });
  const exitCode = await inFolder(folder, () => outpace(args, recorded.world));
  return {
    exitCode,
    stdout: withoutLastLineEnd(recorded.stdout()),
    stderr: withoutLastLineEnd(recorded.stderr()),
  };
}

/** The functions of a module, each with a world as its last argument. */
function inWorld(module: object, machine: World): object {
  return Object.fromEntries(
    Object.entries(module).map(([name, call]) => [
      name,
      typeof call === 'function' ? (options: unknown) => call(options, machine) : call,
    ]),
  );
}

function withoutLastLineEnd(text: string): string {
  return text.replace(/\n$/, '');
}

function printedBy({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof spawned>>): Printed {
  if (exitCode === undefined) throw new RangeError('a signal ended outpace');
  return { exitCode, stdout, stderr };
}
