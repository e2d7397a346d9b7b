/** What the options of a public function ask of a workflow. */
import { OutpaceError } from '../base/errors.ts';
import { overrideInput } from '../store/config.ts';
import { openProject, type Project } from '../store/project.ts';
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
  const { job, implementations, before, after, tolerance } = config;
  return {
    root,
    job,
    reportsDir,
    profilesDir,
    configured: Object.keys(implementations),
    before,
    after,
    tolerance,
  };
}

/** The same, with the two that are compared. */
export async function loadingSides(options: StoredSidesOptions) {
  const loading = await loadingOf(options);
  return { ...loading, before: options.before ?? loading.before, after: options.after ?? loading.after };
}

export function subjectOf({ root, config }: Project, options: RunningOptions): Subject {
  return {
    root,
    job: config.job,
    input: overrideInput(config.input, options.input ?? {}),
    timeoutMs: duration('timeoutMs', options.timeoutMs ?? config.timeout),
    nodePath: process.execPath,
    nodeOptions: config.nodeOptions,
    signal: options.signal ?? new AbortController().signal,
  };
}

/** @throws OutpaceError USAGE for what is no length of time: a timer would take it for none at all */
export function duration(name: string, durationMs: number): number {
  if (Number.isFinite(durationMs) && durationMs > 0) return durationMs;
  throw new OutpaceError('USAGE', `${name} is ${durationMs}: expected a number of ms above 0`);
}

/** What measuring two sides takes besides them. */
export function measuringOf(project: Project, options: MeasuringOptions) {
  const { judge, reportsDir } = project;
  return {
    ...subjectOf(project, options),
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
