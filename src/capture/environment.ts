import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Environment } from '../compare/profile-report.ts';

/** The machine and the tree that a measurement was made on. `node` is that of this process, whose binary runs the children. */
export async function readEnvironment(root: string): Promise<Environment> {
  const { execa } = await import('execa');
  const git = await execa('git', ['rev-parse', 'HEAD'], { cwd: root, reject: false });
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    gitCommit: git.exitCode === 0 ? git.stdout.trim() : null,
  };
}

/** Such as `Linux 6.8.0`. */
export function osRelease(): string {
  return `${type()} ${release()}`;
}

export function startOfNow(): Date {
  return new Date();
}
