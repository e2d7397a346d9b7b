import { interruption } from '../capture/ending.ts';
import { readEnvironment, startOfNow } from '../capture/environment.ts';
import { hasUncommittedChanges, installDependencies, resolveRef, withWorktree } from '../capture/git.ts';
import {
  type CheckedRule,
  type CheckReport,
  judgeGain,
  judgeSlowdown,
  type RuleVerdict,
  slowdownOf,
  verdictOfAll,
} from '../compare/check-report.ts';
import type { Estimate } from '../stats/estimate.ts';
import { shareDependencies } from '../store/dependencies.ts';
import type { Implementation } from '../store/implementations.ts';
import type { Judge } from '../store/project.ts';
import { withTemporaryFolder } from '../store/temporary.ts';
import { type BenchRequest, bench } from './bench.ts';
import { resultsIn } from './bench-assembly.ts';
import type { Subject } from './bench-round.ts';

export interface CheckRules {
  /** How much slower this tree may be than the one it is checked against, a ratio. */
  readonly maxSlowdown: number;
  /** How much faster `after` must stay than `before`, in this tree; null: not asked. */
  readonly minGain: number | null;
}

export interface CheckRequest extends Subject {
  readonly before: string;
  readonly after: string;
  readonly rules: CheckRules;
  /** null: the merge base with the default branch. */
  readonly against: string | null;
  readonly budgetMs: number;
  readonly seed: number;
  readonly judge: Judge | null;
  readonly allowDifferentOutput: boolean;
  readonly reportsDir: string;
  /** Finds an implementation in a tree. */
  readonly implementationIn: (root: string, name: string) => Promise<Implementation>;
  readonly progress: BenchRequest['progress'];
}

/**
 * `after` of this tree against `after` of another commit, interleaved, and `after` against `before` here.
 *
 * @throws OutpaceError OUTPUTS_DIFFER, USAGE for a commit that is not there, UNKNOWN_IMPLEMENTATION
 */
export async function check(request: CheckRequest): Promise<CheckReport> {
  const { root, job, input, after, rules, progress, implementationIn } = request;
  const startedAt = startOfNow();
  const against = await resolveRef(root, request.against);
  const here = await implementationIn(root, after);
  const slowdown = await withTemporaryFolder((temporary) =>
    withWorktree({ root, commit: against.commit, folder: `${temporary}/tree` }, async (tree) => {
      progress.step(`making ready ${against.name} (${against.commit.slice(0, 8)})`);
      if ((await shareDependencies(root, tree)) === 'to be installed')
        await installDependencies(tree, request.signal);
      const there = await implementationIn(tree, after);
      const before = { ...there, name: `${after}@${against.commit.slice(0, 8)}`, root: tree };
      return checkedRule(request, {
        name: 'maxSlowdown',
        limit: rules.maxSlowdown,
        sides: { before, after: here },
        measure: slowdownOf,
        judge: judgeSlowdown,
      });
    }),
  );
  const checked = [slowdown];
  if (rules.minGain !== null) {
    const before = await implementationIn(root, request.before);
    const sides = { before, after: here };
    const measure = (gain: Estimate) => gain;
    checked.push(
      await checkedRule(request, { name: 'minGain', limit: rules.minGain, sides, measure, judge: judgeGain }),
    );
  }
  return {
    schemaVersion: 1,
    kind: 'check',
    job,
    startedAt: startedAt.toISOString(),
    environment: await readEnvironment(root),
    input,
    against,
    uncommittedChanges: await hasUncommittedChanges(root),
    verdict: { kind: verdictOfAll(checked) },
    rules: checked,
    command: `outpace check --against ${against.commit} --job ${job}`,
    warnings: [],
  };
}

interface Demand {
  readonly name: CheckedRule['name'];
  readonly limit: number;
  readonly sides: { readonly before: Implementation; readonly after: Implementation };
  readonly measure: (gain: Estimate) => Estimate;
  readonly judge: (measured: Estimate, limit: number) => RuleVerdict;
}

/** What fails is measured once more with fresh pairs, and fails only if it does so again. */
async function checkedRule(request: CheckRequest, demand: Demand): Promise<CheckedRule> {
  const first = await measureOnce(request, demand, request.seed);
  if (first.verdict !== 'fail') return first;
  request.progress.step(`${demand.name}: suspected, measured again with fresh pairs`);
  const second = await measureOnce(request, demand, request.seed + 1);
  return { ...second, verdict: second.verdict === 'fail' ? 'fail' : 'inconclusive', measuredAgain: true };
}

async function measureOnce(request: CheckRequest, demand: Demand, seed: number): Promise<CheckedRule> {
  const { name, limit, sides, measure, judge } = demand;
  const { report, file } = await bench({
    ...request,
    before: sides.before,
    after: [sides.after],
    mode: 'cold',
    plan: { confidenceLevel: 0.95, spending: 'obrien-fleming', fixedPairs: null, leastPairs: 1 },
    toleranceRatio: Math.abs(limit),
    seed,
    outputs: request.allowDifferentOutput ? 'may differ' : 'must be equal',
  });
  // What was measured so far is stored; a gate does not judge by half of it.
  if (report.stoppedBy === 'interrupted') throw interruption();
  const [result] = resultsIn(report);
  if (result === undefined) throw new RangeError('nothing was measured');
  const measured = measure(result.gainRatio);
  return {
    name,
    subject: `${sides.after.name} against ${sides.before.name}`,
    verdict: judge(measured, limit),
    measured,
    limit,
    pairs: result.pairs.length,
    measuredAgain: false,
    file,
  };
}
