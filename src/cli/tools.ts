import type { Command } from 'commander';
import { OutpaceError } from '../base/errors.ts';
import { addSharedOptions, type SharedOptions } from './options.ts';
import { shownPath } from './present.ts';
import type { Session } from './session.ts';

type ToolRun = Parameters<typeof import('../api/tools.ts').flame>[0];

/** The commands that run other people's tools on an implementation, each giving pages. */
const TOOLS: readonly {
  readonly name: string;
  readonly description: string;
  readonly run: (options: ToolRun, session: Session) => Promise<string[]>;
}[] = [
  {
    name: 'flame',
    description: 'one interactive flame graph a thread, drawn by 0x',
    run: async (options, session) => session.api('tools').flame(options),
  },
  {
    name: 'doctor',
    description: "clinic's doctor: event loop, CPU, memory and handles over time",
    run: async (options, session) => [await session.api('tools').clinic({ ...options, tool: 'doctor' })],
  },
  {
    name: 'bubble',
    description: "clinic's bubbleprof: what asynchronous operations wait for",
    run: async (options, session) => [await session.api('tools').clinic({ ...options, tool: 'bubbleprof' })],
  },
  {
    name: 'heap',
    description: "clinic's heap profiler: what allocates",
    run: async (options, session) => [
      await session.api('tools').clinic({ ...options, tool: 'heapprofiler' }),
    ],
  },
];

export function addTools(program: Command, session: Session): void {
  for (const { name, description, run } of TOOLS) {
    const command = program
      .command(name)
      .description(description)
      .argument('[implementation...]', 'the name of an impl-<name> folder, or one from the settings')
      .addHelpText('after', `\nExample:\n  outpace ${name} new`);
    addSharedOptions(command).action(async (names: readonly string[], options: SharedOptions) => {
      const [implementation] = names;
      if (implementation === undefined || names.length > 1)
        throw new OutpaceError('USAGE', `Usage: outpace ${name} <implementation>`);
      const { runAndPrint } = await import('./running.ts');
      await runAndPrint(options, { session }, async (shared) => {
        const files = await run({ ...shared, implementation }, session);
        return {
          result: { schemaVersion: 1, kind: name, implementation, files },
          text: () => files.map((file) => `${shownPath(file)}\n`).join(''),
        };
      });
    });
  }
}
