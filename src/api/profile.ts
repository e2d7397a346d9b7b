import { THIS_MACHINE, type World } from '../capture/world.ts';
import type { ProfileReport } from '../compare/profile-report.ts';
import type { RunningOptions } from './options.ts';
import { progressOf, projectOf, subjectOf } from './request.ts';

export interface ProfileOptions extends RunningOptions {
  /** The name of an `impl-<name>` folder, or one from the settings. */
  readonly implementation: string;
  /** Timing runs and sampling runs, 3 by default. */
  readonly runs?: number | undefined;
  /** Between two samples, µs; the settings' by default. */
  readonly intervalUs?: number | undefined;
}

export interface StoredProfile {
  readonly report: ProfileReport;
  readonly textFile: string;
  readonly jsonFile: string;
}

/**
 * Times, samples and counts one implementation on every thread, and writes what was seen.
 *
 * @throws OutpaceError when it could not be measured; nothing is left half-written
 */
export async function profile(options: ProfileOptions): Promise<StoredProfile>;
/** @internal */
export async function profile(options: ProfileOptions, world: World): Promise<StoredProfile>;
export async function profile(options: ProfileOptions, world: World = THIS_MACHINE): Promise<StoredProfile> {
  const { profile: measure } = await import('../workflow/profile.ts');
  const project = await projectOf(options);
  const { profilesDir, reportsDir, config } = project;
  return measure({
    ...subjectOf(project, options, world),
    profilesDir,
    reportsDir,
    implementation: await project.implementation(options.implementation),
    timingRuns: options.runs ?? 3,
    samplingRuns: options.runs ?? 3,
    intervalUs: options.intervalUs ?? config.interval,
    progress: progressOf(options),
  });
}
