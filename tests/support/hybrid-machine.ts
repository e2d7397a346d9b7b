/** This machine, except for timed runs: they take the time that a test says, and no process is started for them. */
import { readFileSync } from 'node:fs';
import type { Pass } from '../../src/capture/child/messages.ts';
import { THIS_MACHINE } from '../../src/capture/world.ts';
import {
  type FakeMachine,
  type FakeMachineOptions,
  type FakeSide,
  fakeMachine,
  residuals,
  type SideOf,
} from './fake-machine.ts';
import { TEST_NODE } from './outpace.ts';

/**
 * @param sideOf what a timed run takes; by default, what its entry states
 * @returns a world with a virtual clock, which only timed runs move, and the timed runs so far; every other pass is a real
 *   process of the Node that is tested
 */
export function hybridMachine(sideOf: SideOf = statedIn, options: FakeMachineOptions = {}): FakeMachine {
  const { world: fake, runs } = fakeMachine(sideOf, options);
  const world: FakeMachine['world'] = {
    ...THIS_MACHINE,
    watchMachine: fake.watchMachine,
    clockResolutionMs: fake.clockResolutionMs,
    async run(asked) {
      if (!isTimed(asked.request.pass)) return THIS_MACHINE.run({ ...asked, nodePath: TEST_NODE });
      return { ...(await fake.run(asked)), nodeVersion: process.versions.node };
    },
  };
  return { world, runs };
}

function isTimed({ kind }: Pass): boolean {
  return kind === 'timing' || kind === 'steady';
}

/**
 * Reads what a run takes from a comment in its entry, such as `// takes 20 ms`, with a standard deviation of 1 %. So the
 * same implementation in two trees takes a time of its own in each. The work that a baseline is timed beside takes 20 ms.
 *
 * @throws RangeError where the entry does not say it
 */
export const statedIn: SideOf = (implementation, cwd, { entry }): FakeSide => {
  const isReference = implementation === 'reference';
  const stated = isReference ? 20 : /\/\/ takes ([\d.]+) ms/.exec(readFileSync(entry, 'utf8'))?.[1];
  if (stated === undefined) throw new RangeError(`${entry} does not say how long it takes`);
  const seed = [...`${cwd} ${entry}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 1);
  return { wallMs: Number(stated), residuals: residuals(499, { sd: 0.01, seed }) };
};
