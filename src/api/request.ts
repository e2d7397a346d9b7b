/** What the options of a public function ask of a workflow. */
import { resolve } from 'node:path';
import { OutpaceError } from '../base/errors.ts';
import { childEnvironment } from '../capture/child-environment.ts';
import type { World } from '../capture/world.ts';
import type { OutputRule } from '../compare/mismatches.ts';
import { overrideInput } from '../store/config.ts';
import { openProject, type Project } from '../store/project.ts';
import { readableFile } from '../store/readable-file.ts';
import type { BenchProgress } from '../workflow/bench.ts';
import type { Subject } from '../workflow/bench-round.ts';
import type { ProfileProgress } from '../workflow/profile.ts';
import type { MeasuringOptions, ProjectOptions, RunningOptions, StoredSidesOptions } from './options.ts';

export function projectOf({
  cwd,
  job,
  signal,
}: ProjectOptions & Pick<RunningOptions, 'signal'>): Promise<Project> {
  return openProject(cwd ?? process.cwd(), {
    jobName: job ?? null,
    async readModule(file) {
      const { readConfigModule } = await import('../capture/config-process.ts');
      return readConfigModule(file, { signal: signal ?? new AbortController().signal });
    },
  });
}

/** Where stored runs are found. */
export async function loadingOf(options: ProjectOptions) {
  const { root, config, reportsDir, profilesDir } = await projectOf(options);
  const { job, implementations, before, after, tolerance, hasEqual: ownEqual } = config;
  return {
    root,
    job,
    reportsDir,
    profilesDir,
    configured: Object.keys(implementations),
    before,
    after,
    tolerance,
    ownEqual,
  };
}

/** The same, with the two that are compared. */
export async function loadingSides(options: StoredSidesOptions) {
  const loading = await loadingOf(options);
  return {
    ...loading,
    before: options.before ?? loading.before,
    after: options.after ?? loading.after,
    outputs: outputRule(options, loading),
  };
}

function outputRule(
  { allowDifferentOutput = false }: StoredSidesOptions,
  { ownEqual }: { readonly ownEqual: boolean },
): OutputRule {
  if (allowDifferentOutput) return 'may differ';
  return ownEqual ? 'own equal' : 'same hash';
}

/** Asked once for each command, so that what the measured processes are not told is reported once. */
export function subjectOf({ root, config }: Project, options: RunningOptions, world: World): Subject {
  const { environment, dropped } = childEnvironment(process.env, config.keepEnvironment);
  if (dropped.length > 0) options.onProgress?.({ kind: 'warning', message: droppedWarning(dropped) });
  return {
    world,
    root,
    job: config.job,
    input: overrideInput(config.input, options.input ?? {}),
    timeoutMs: duration('timeoutMs', options.timeoutMs ?? config.timeout),
    nodePath: process.execPath,
    nodeOptions: config.nodeOptions,
    environment,
    stdinFile: stdinFileOf(options, { root, stdin: config.stdin }),
    signal: options.signal ?? new AbortController().signal,
  };
}

function droppedWarning(dropped: readonly string[]): string {
  return `not passed to the measured processes, since it would change what is measured: ${dropped.join(', ')} (keepEnvironment in the config keeps it)`;
}

/** An option is relative to the folder of whoever asks, which is the project's; a setting to the project's. */
function stdinFileOf(
  { stdinFile }: RunningOptions,
  { root, stdin }: { readonly root: string; readonly stdin: string | null },
): string | null {
  const named = stdinFile ?? stdin;
  return named === null ? null : readableFile(resolve(root, named), 'stdin');
}

/** @throws OutpaceError USAGE for what is no length of time: a timer would take it for none at all */
export function duration(name: string, durationMs: number): number {
  if (Number.isFinite(durationMs) && durationMs > 0) return durationMs;
  throw new OutpaceError('USAGE', `${name} is ${durationMs}: expected a number of ms above 0`);
}

/** What measuring two sides takes besides them. */
export function measuringOf(project: Project, options: MeasuringOptions, world: World) {
  const { judge, reportsDir } = project;
  return {
    ...subjectOf(project, options, world),
    includesImport: options.includeImport ?? project.config.includeImport,
    seed: options.seed ?? 1,
    allowDifferentOutput: options.allowDifferentOutput ?? false,
    judge,
    reportsDir,
    progress: progressOf(options),
  };
}

export function progressOf({ onProgress }: RunningOptions): ProfileProgress & BenchProgress {
  return {
    step: (message) => onProgress?.({ kind: 'step', message }),
    detail: (message) => onProgress?.({ kind: 'detail', message }),
    round: ({ result, elapsedMs }) => onProgress?.({ kind: 'pair', result, elapsedMs }),
  };
}
