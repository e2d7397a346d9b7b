import type { GitRef } from '../../capture/git.ts';
import { callCauses, causesOf } from '../../compare/causes.ts';
import type { Cause, CheckedRule, DependenciesUsed } from '../../compare/check-report.ts';
import type { Implementation } from '../../store/implementations.ts';
import { withTemporaryFolder } from '../../store/temporary.ts';
import { explained } from '../explained.ts';
import type { CheckRequest, Judgement } from './check.ts';
import { countedBefore, everyCall, patternCalls } from './count-demands.ts';
import { type Counting, counting } from './counting.ts';
import { type Demand, judgedInTurn } from './demand.ts';
import { unlessLost } from './lost-counts.ts';
import { type OtherTree, prepareOtherTree } from './other-tree.ts';
import { type OwnCode, verifyOwnCode } from './own-code.ts';
import { pairDemands, type Sides } from './pair-demands.ts';
import { sameOutput } from './same-output.ts';
import { packageShare, patternSlowdown, sampling } from './sample-demands.ts';
import { explainedByTree, treeWarnings } from './tree-failure.ts';

/** With four a side, a function's difference has bounds of 97.1 %. */
const EXPLAINING_RUNS = 4;

interface Compared {
  readonly against: GitRef;
  readonly here: Implementation;
}

export type JudgementAgainst = Judgement & { readonly dependencies: DependenciesUsed };

/** This tree against another commit, both here and now, so that the machine cancels out. */
export async function checkAgainst(request: CheckRequest, compared: Compared): Promise<JudgementAgainst> {
  const { root, progress, signal } = request;
  const { against, here } = compared;
  const { withWorktree } = await request.world.repository();
  return withTemporaryFolder((temporary) =>
    withWorktree({ root, commit: against.commit, folder: temporary, signal }, async (folders, missing) => {
      progress.step(`preparing ${against.name} (${against.commit.slice(0, 8)})`);
      const name = `${here.name}@${against.commit.slice(0, 8)}`;
      let installed = false;
      try {
        const other = await prepareOtherTree(request, { ...compared, folders, name });
        installed = other.dependencies.installs.length > 0;
        const judgement = await judgeTrees(request, { other, here });
        return {
          ...judgement,
          warnings: [...treeWarnings({ name, missing, installed }), ...judgement.warnings],
        };
      } catch (error) {
        throw explainedByTree(error, { name, missing, installed });
      }
    }),
  );
}

async function judgeTrees(
  request: CheckRequest,
  { other, here }: { readonly other: OtherTree; readonly here: Implementation },
): Promise<JudgementAgainst> {
  const sides = { before: other.implementation, after: { ...here, tops: [other.trees.here] } };
  const { loaded, warnings, outputs } = await verifyOwnCode(request, sides, other);
  const { choice, why } = other.dependencies;
  const judged = await judgeSides(request, sides, outputs);
  return {
    ...judged,
    loaded: loaded.after,
    dependencies: { choice, why },
    warnings: [...other.dependencies.warnings, ...warnings, ...judged.warnings],
  };
}

async function judgeSides(
  request: CheckRequest,
  sides: Sides,
  outputs: OwnCode['outputs'],
): Promise<Omit<Judgement, 'loaded'>> {
  const output = await sameOutput(request, sides, outputs);
  if (output?.verdict === 'fail') return { rules: [output], demands: [], causes: [], warnings: [] };
  const { pairs, calls, samples, counted } = demandsOf(request, sides);
  const demands = [...pairs.demands, ...calls.demands, ...samples];
  const judged = await judgedInTurn(demands, request.progress);
  const rules = output === null ? judged : [output, ...judged];
  const causes = await causesFor(request, {
    sides,
    rules,
    counted,
    measured: pairs.measured,
    grown: calls.grown,
  });
  return { rules, demands, causes, warnings: await pairs.warnings() };
}

function demandsOf(request: CheckRequest, sides: Sides) {
  const { rules } = request;
  const subject = `${sides.after.name} against ${sides.before.name}`;
  const pairs = pairDemands(request, sides, [
    { name: 'maxSlowdown', limit: rules.maxSlowdown, metric: rules.metric },
    ...(rules.maxMemory === null ? [] : [{ name: 'maxMemory', limit: rules.maxMemory } as const]),
    ...(rules.maxImport === null ? [] : [{ name: 'maxImport', limit: rules.maxImport } as const]),
  ]);
  const counted = { before: counting(request, sides.before), after: counting(request, sides.after) };
  const counts = { before: countedBefore(subject, counted.before), after: counted.after };
  const every = rules.maxCalls === null ? null : everyCall(counts, rules.maxCalls);
  const sampled = sampling(request, [
    { implementation: sides.before, counted: counted.before },
    { implementation: sides.after, counted: counted.after },
  ]);
  const ofFunctions = Object.entries(rules.functions);
  const samples = [
    ...ofFunctions.flatMap(([pattern, { maxSlowdown: limit }]) =>
      limit === null ? [] : [patternSlowdown(sampled, { pattern, limit, subject })],
    ),
    ...Object.entries(rules.packages).map(([pattern, { maxShare: limit }]) =>
      packageShare(sampled, { pattern, limit, subject: sides.after.name }),
    ),
  ];
  const calls: Demand[] = [
    ...(every === null ? [] : [every.demand]),
    ...ofFunctions.flatMap(([pattern, { maxCalls: limit }]) =>
      limit === null ? [] : [patternCalls(counts, { pattern, limit })],
    ),
  ];
  const complete = calls.map((demand) => unlessLost(demand, [counted.before, counted.after]));
  return { pairs, calls: { demands: complete, grown: every?.grown ?? null }, samples, counted };
}

interface Explaining {
  readonly sides: Sides;
  readonly rules: readonly CheckedRule[];
  readonly counted: Readonly<Record<keyof Sides, Counting>>;
  readonly measured: ReturnType<typeof pairDemands>['measured'];
  readonly grown: ReturnType<typeof everyCall>['grown'] | null;
}

/** Functions that are called too often are known; those that take longer are found by sampling both sides. */
async function causesFor(request: CheckRequest, why: Explaining): Promise<readonly Cause[]> {
  const failed = why.rules.filter(({ verdict }) => verdict === 'fail');
  if (failed.length === 0) return [];
  const called = failed.some(({ name, pattern }) => name === 'maxCalls' && pattern === null);
  const calls = called && why.grown !== null ? callCauses(await why.grown(1)) : [];
  const slowed = failed.filter(({ name }) => name === 'maxSlowdown');
  if (slowed.length === 0) return calls;
  request.progress.step('looking for the functions that take longer');
  const runs = [(await why.counted.before(0)).runs[0], (await why.counted.after(0)).runs[0]];
  const { comparison } = await explained(
    { ...request, samplingRuns: EXPLAINING_RUNS },
    {
      startedAt: request.world.now(),
      sides: [why.sides.before, why.sides.after],
      counting: runs.flatMap((run) => run ?? []),
      // A rule of its own has asked, unless nobody wanted to know.
      outputs: 'may differ',
      bench: await why.measured(slowed.some(({ pattern }) => pattern === null) ? 1 : 0),
    },
  );
  const slower = causesOf(comparison.functions);
  const named = new Set(slower.map(({ file, name }) => `${file}:${name}`));
  return [...slower, ...calls.filter(({ file, name }) => !named.has(`${file}:${name}`))];
}
