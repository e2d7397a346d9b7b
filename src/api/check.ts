import { relative, resolve } from 'node:path';
import { THIS_MACHINE, type World } from '../capture/world.ts';
import type { JobBaseline } from '../compare/baseline.ts';
import type { MetricName } from '../compare/bench-report.ts';
import type { CheckReport, ImplementationFrom } from '../compare/check-report.ts';
import type { CheckRules } from '../compare/check-rules.ts';
import { checkCommand } from '../render/check/command.ts';
import type { Config } from '../store/config.ts';
import type { DependencyChoice } from '../store/dependencies.ts';
import type { CheckRequest } from '../workflow/check/check.ts';
import { DEFAULT_BUDGET_MS } from './bench.ts';
import type { MeasuringOptions } from './options.ts';
import { duration, measuringOf, progressOf, projectOf } from './request.ts';

export interface CheckOptions extends MeasuringOptions {
  /** The settings' `after` by default: it is compared with itself at another commit, or in a baseline. */
  readonly after?: string | undefined;
  /** A git ref; without it and without `baseline`, the merge base with the default branch. */
  readonly against?: string | undefined;
  /** A file that `updateBaseline` made. */
  readonly baseline?: string | undefined;
  /** A ratio; the settings' `check.maxSlowdown`, or their tolerance, by default. */
  readonly maxSlowdown?: number | undefined;
  /** A ratio that `after` must stay faster than `before`; the settings' `check.minGain` by default, else not asked. */
  readonly minGain?: number | undefined;
  /** A ratio; the settings' `check.maxMemory` by default, else not asked, and 0.1 against a baseline. */
  readonly maxMemory?: number | undefined;
  /** A ratio; the settings' `check.maxImport` by default, else not required. */
  readonly maxImport?: number | undefined;
  /** What decides about `maxSlowdown` and `minGain`; the settings' `check.metric`, or `wall`, by default. */
  readonly metric?: MetricName | undefined;
  /** A ratio; the settings' `check.maxCalls` by default, else not asked, and 0 against a baseline. */
  readonly maxCalls?: number | undefined;
  /**
   * Whether the other commit shares this tree's installed packages, or has its own installed, all or those of production;
   * the settings' `check.dependencies`, or `auto`, by default: installed where its lockfile has something that is not here.
   */
  readonly dependencies?: DependencyChoice | undefined;
  /** `this-tree` runs this tree's implementation with the other commit's sources; `other-commit` by default. */
  readonly implementationFrom?: ImplementationFrom | undefined;
  /** Only part of the command that the report gives: the command line then ends with 4 where nothing can be shown. */
  readonly requireConclusive?: boolean | undefined;
}

/** A check, and the file that it is stored in. */
export interface StoredCheck {
  readonly report: CheckReport;
  readonly file: string;
}

/**
 * The gate: whether this tree is slower than another commit by more than is allowed, both measured interleaved here, or
 * does more than a baseline has stored. A failed rule is a verdict, not an error.
 *
 * @throws OutpaceError USAGE for a commit that is not there, MISSING_REPORT for a baseline that is not
 */
export async function check(options?: CheckOptions): Promise<StoredCheck>;
/** @internal */
export async function check(options: CheckOptions | undefined, world: World): Promise<StoredCheck>;
export async function check(options: CheckOptions = {}, world: World = THIS_MACHINE): Promise<StoredCheck> {
  const { check: measure } = await import('../workflow/check/check.ts');
  return measure(await requestOf(options, world));
}

/**
 * Stores what this tree does, for later checks against it; the figures of other jobs in the file stay.
 *
 * @throws OutpaceError when it could not be measured; then the file stays as it was
 */
export async function updateBaseline(
  options: CheckOptions & { readonly baseline: string },
): Promise<JobBaseline>;
/** @internal */
export async function updateBaseline(
  options: CheckOptions & { readonly baseline: string },
  world: World,
): Promise<JobBaseline>;
export async function updateBaseline(
  options: CheckOptions & { readonly baseline: string },
  world: World = THIS_MACHINE,
): Promise<JobBaseline> {
  const { updateBaseline: update } = await import('../workflow/check/against-baseline.ts');
  return update({ ...(await requestOf(options, world)), baselineFile: options.baseline });
}

async function requestOf(options: CheckOptions, world: World): Promise<CheckRequest> {
  const project = await projectOf(options);
  const { config, profilesDir } = project;
  const { against, baseline } = options;
  return {
    ...measuringOf(project, options, world),
    profilesDir,
    before: options.before ?? config.before,
    after: options.after ?? config.after,
    rules: rulesOf(config, options),
    against: against === undefined ? (baseline === undefined ? 'merge base' : null) : { ref: against },
    baselineFile: baseline ?? null,
    budgetMs: duration('budgetMs', options.budgetMs ?? DEFAULT_BUDGET_MS),
    toleranceRatio: config.tolerance,
    intervalUs: config.interval,
    dependencies: options.dependencies ?? config.check.dependencies ?? 'auto',
    implementationFrom: options.implementationFrom ?? config.check.implementationFrom ?? 'other-commit',
    implementationIn: (root, name, placeIn) => project.implementation(name, root, placeIn),
    command: (commit) => commandOf(options, { root: project.root, job: config.job, commit }),
    progress: progressOf(options),
  };
}

function rulesOf({ check, tolerance }: Config, options: CheckOptions): CheckRules {
  const functions = Object.entries(check.functions ?? {}).map(
    ([pattern, { maxSlowdown = null, maxCalls = null }]) => [pattern, { maxSlowdown, maxCalls }] as const,
  );
  return {
    maxSlowdown: options.maxSlowdown ?? check.maxSlowdown ?? tolerance,
    minGain: options.minGain ?? check.minGain ?? null,
    metric: options.metric ?? check.metric ?? 'wall',
    maxImport: options.maxImport ?? check.maxImport ?? null,
    maxMemory: options.maxMemory ?? check.maxMemory ?? null,
    maxCalls: options.maxCalls ?? check.maxCalls ?? null,
    functions: Object.fromEntries(functions),
    packages: check.packages ?? {},
  };
}

/** The same check as a person types it where this process was started: what was asked for here, and the very commit. */
function commandOf(
  options: CheckOptions,
  { root, job, commit }: { readonly root: string; readonly job: string; readonly commit: string | null },
): string {
  const folder = relative(process.cwd(), root);
  const { baseline } = options;
  const fromRoot = baseline === undefined || folder === '' ? baseline : relative(root, resolve(baseline));
  return checkCommand({ ...options, baseline: fromRoot }, { job, commit, folder });
}
