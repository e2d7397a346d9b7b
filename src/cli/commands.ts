import type { Command } from 'commander';
import { addBench } from './bench.ts';
import { addCheck } from './check.ts';
import { addCompare } from './compare.ts';
import { addEnv } from './env.ts';
import { addExport } from './export.ts';
import { addGain } from './gain.ts';
import { addHistory } from './history.ts';
import { addInit } from './init.ts';
import { addProfile } from './profile.ts';
import { addReport } from './report.ts';
import { addRun } from './run.ts';
import { addScale } from './scale.ts';
import type { Session } from './session.ts';
import { addTools } from './tools.ts';

/** One line a command. */
const COMMANDS: readonly ((program: Command, session: Session) => void)[] = [
  addProfile,
  addCompare,
  addBench,
  addGain,
  addReport,
  addRun,
  addScale,
  addCheck,
  addHistory,
  addExport,
  addTools,
  addInit,
  addEnv,
];

export function addCommands(program: Command, session: Session): void {
  for (const add of COMMANDS) add(program, session);
}
