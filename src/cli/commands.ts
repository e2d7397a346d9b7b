import type { Command } from 'commander';
import { addBench } from './bench.ts';
import { addCompare } from './compare.ts';
import { addGain } from './gain.ts';
import { addProfile } from './profile.ts';
import { addRun } from './run.ts';

/** One line a command. */
const COMMANDS: readonly ((program: Command, signal: AbortSignal) => void)[] = [
  addProfile,
  addCompare,
  addBench,
  addGain,
  addRun,
];

export function addCommands(program: Command, signal: AbortSignal): void {
  for (const add of COMMANDS) add(program, signal);
}
