import { counted } from '../base/counted.ts';
import type { EnvironmentReport } from '../compare/environment-report.ts';
import { escapeTerminal } from './escape.ts';
import { mebibytes } from './format.ts';

/** For a person, and for the bug report that it is pasted into. */
export function environmentText(report: EnvironmentReport): string {
  const { packages, environment, osRelease, configFile, configError, job, implementations } = report;
  const { node, v8, platform, cpu, cores, memoryBytes, gitCommit } = environment;
  const rows: (readonly [string, string])[] = [
    ...Object.entries(packages).map(([name, version]) => [name, version ?? 'not installed'] as const),
    ['Node', `${node} (V8 ${v8})`],
    ['system', `${platform}, ${osRelease}`],
    ['machine', `${cpu}, ${counted(cores, 'core')}, ${mebibytes(memoryBytes)}`],
    ['commit', gitCommit ?? 'not known'],
    ['config', configError ?? configFile ?? 'none, defaults'],
    ['job', job ?? 'not known'],
    ['implementations', implementations.join(', ') || 'none found'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${escapeTerminal(value)}\n`).join('');
}
