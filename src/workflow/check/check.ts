import {
  type BaselineUsed,
  type Cause,
  type CheckedRule,
  type CheckReport,
  type DependenciesUsed,
  type ImplementationFrom,
  verdictOfAll,
} from '../../compare/check-report.ts';
import type { CheckRules } from '../../compare/check-rules.ts';
import { type ArtefactFolders, reserveStem } from '../../store/artefacts.ts';
import { readBaseline } from '../../store/baseline.ts';
import type { DependencyChoice } from '../../store/dependencies.ts';
import type { Implementation } from '../../store/implementations.ts';
import type { Judge } from '../../store/project.ts';
import { realPath } from '../../store/trees.ts';
import { assertFolderWritable } from '../../store/writable-folder.ts';
import type { BenchRequest } from '../bench.ts';
import type { Subject } from '../bench-round.ts';
import { withSaved } from '../failed-run.ts';
import type { ProfileProgress } from '../profile.ts';
import { checkAgainst } from './against.ts';
import { checkBaseline } from './against-baseline.ts';
import { type Demand, falseAlarmRateOf, judgedInTurn } from './demand.ts';
import { pairDemands, type Sides } from './pair-demands.ts';
import { uncommittedIn } from './uncommitted.ts';

export interface CheckRequest extends Subject, ArtefactFolders {
  readonly before: string;
  readonly after: string;
  readonly rules: CheckRules;
  /** A commit to compare this tree with; `merge base`: where it left the default branch; null: with none. */
  readonly against: { readonly ref: string } | 'merge base' | null;
  /** The file that this tree is compared with; null: with none. */
  readonly baselineFile: string | null;
  readonly budgetMs: number;
  readonly toleranceRatio: number;
  readonly intervalUs: number;
  readonly seed: number;
  readonly judge: Judge | null;
  readonly allowDifferentOutput: boolean;
  readonly dependencies: DependencyChoice;
  /** Whose implementation is run with the other commit's sources. */
  readonly implementationFrom: ImplementationFrom;
  /** Finds an implementation in a tree; `placeIn` says where a configured place is in it. */
  readonly implementationIn: (
    root: string,
    name: string,
    placeIn?: (place: string) => Promise<string>,
  ) => Promise<Implementation>;
  /** What measures the same again here. */
  readonly command: (against: string | null) => string;
  readonly progress: BenchRequest['progress'] & ProfileProgress;
}

/** What was found by one way of comparing. */
export interface Judgement {
  readonly rules: readonly CheckedRule[];
  readonly demands: readonly Demand[];
  readonly causes: readonly Cause[];
  readonly warnings: readonly string[];
  /** The files of this tree that were loaded, where that was looked at. */
  readonly loaded: readonly string[];
}

/** A check, and the file that it is stored in. */
export interface StoredCheck {
  readonly report: CheckReport;
  readonly file: string;
}

/**
 * `after` of this tree against another commit, against a stored baseline, and against `before` here: each as asked for.
 *
 * @throws OutpaceError USAGE for a commit that is not there, UNKNOWN_IMPLEMENTATION, MISSING_REPORT for a baseline
 */
export async function check(asked: CheckRequest): Promise<StoredCheck> {
  const startedAt = asked.world.now();
  const request = { ...asked, root: await realPath(asked.root) };
  const { root, job, after, against, baselineFile, reportsDir } = request;
  const { resolveRef } = await request.world.repository();
  const ref = against === null ? null : await resolveRef(root, against === 'merge base' ? null : against.ref);
  const here = await request.implementationIn(root, after);
  const before = request.rules.minGain === null ? null : await request.implementationIn(root, request.before);
  const stored = baselineFile === null ? null : await readBaseline(baselineFile, job);
  const changed = await uncommittedIn(request, [reportsDir, request.profilesDir]);
  const suffix = `${job}_${after}_check`;
  // Before anything is measured: a folder that cannot be written to should not cost a measurement.
  const reservation = await reserveStem({ profilesDir: reportsDir, reportsDir, startedAt, suffix });
  try {
    // A failed rule is explained by profiles, which are stored.
    if (ref !== null) await assertFolderWritable(request.profilesDir);
    const judgements: Judgement[] = [];
    let baseline: BaselineUsed | null = null;
    let dependencies: DependenciesUsed | null = null;
    if (ref !== null) {
      const { dependencies: used, ...judgement } = await checkAgainst(request, { against: ref, here });
      dependencies = used;
      judgements.push(judgement);
    }
    if (stored !== null && baselineFile !== null) {
      const { used, ...judgement } = await checkBaseline(request, { file: baselineFile, stored, here });
      baseline = used;
      judgements.push(judgement);
    }
    if (before !== null) judgements.push(await checkGain(request, { before, after: here }));
    const rules = judgements.flatMap((judgement) => judgement.rules);
    const loaded = judgements.flatMap((judgement) => judgement.loaded);
    const files = await changed.thatCount(loaded);
    const report: CheckReport = {
      schemaVersion: 1,
      kind: 'check',
      job,
      startedAt: startedAt.toISOString(),
      environment: await request.world.readEnvironment(root),
      input: request.input,
      against: ref,
      baseline,
      dependencies,
      implementationFrom: ref === null ? null : request.implementationFrom,
      includesImport: request.includesImport ?? false,
      uncommittedChanges: files.length > 0,
      uncommittedFiles: files,
      verdict: { kind: verdictOfAll(rules) },
      rules,
      causes: judgements.flatMap(({ causes }) => causes),
      falseAlarmRate: falseAlarmRateOf(judgements.flatMap(({ demands }) => demands)),
      command: request.command(ref?.commit ?? null),
      warnings: [
        ...judgements.flatMap(({ warnings }) => warnings),
        ...rules.flatMap(({ name, verdict, why }) =>
          name === 'sameOutput' && verdict === 'pass' && why !== null ? [why] : [],
        ),
      ],
    };
    const content = `${JSON.stringify(report, null, 1)}\n`;
    const [file = ''] = await reservation.commit([{ folder: 'reportsDir', extension: '.json', content }]);
    return { report, file };
  } catch (error) {
    throw withSaved(error, 'The check was not saved.');
  } finally {
    await reservation.release();
  }
}

/** Whether `after` is still so much faster than `before`, both of this tree. */
async function checkGain(request: CheckRequest, sides: Sides): Promise<Judgement> {
  const { metric, minGain } = request.rules;
  const rule = { name: 'minGain', limit: minGain ?? 0, metric } as const;
  const { demands, warnings } = pairDemands(request, sides, [rule]);
  return {
    rules: await judgedInTurn(demands, request.progress),
    demands,
    causes: [],
    loaded: [],
    warnings: await warnings(),
  };
}
