import { OutpaceError } from '../../base/errors.ts';
import { type JobBaseline, rangesIn, storedCalls, trustOf } from '../../compare/baseline.ts';
import type { CallRange } from '../../compare/call-counts.ts';
import { callCauses } from '../../compare/causes.ts';
import type { BaselineUsed, CheckedRule } from '../../compare/check-report.ts';
import type { NamedFunction } from '../../compare/function-pattern.ts';
import {
  bothNothing,
  nothingCompared,
  type StoredOutput,
  sameStoredOutput,
  storedOutput,
} from '../../compare/stored-output.ts';
import { updateBaseline as storeBaseline } from '../../store/baseline.ts';
import type { Implementation } from '../../store/implementations.ts';
import { assertWritable } from '../../store/output-file.ts';
import { inspected } from '../compare-outputs.ts';
import { memoryAgainstBaseline, timeAgainstBaseline } from './baseline-demands.ts';
import type { CheckRequest, Judgement } from './check.ts';
import { type CountsBefore, everyCall, patternCalls } from './count-demands.ts';
import { type Counted, counting } from './counting.ts';
import { type Demand, judgedInTurn } from './demand.ts';
import { unlessLost } from './lost-counts.ts';
import { overReference } from './over-reference.ts';
import { ownFilesOf } from './own-code.ts';
import { outputRule } from './same-output.ts';

interface Stored {
  readonly file: string;
  readonly stored: JobBaseline;
  readonly here: Implementation;
}

/** This tree against what was stored of it: first what has no noise, then what can be carried over from there. */
export async function checkBaseline(
  request: CheckRequest,
  { file, stored: baseline, here }: Stored,
): Promise<Judgement & { readonly used: BaselineUsed }> {
  refuseOtherInput(request, { baseline, file, here });
  const subject = `${here.name} against ${file}`;
  const counted = counting(request, here);
  const first = await counted(0);
  const environment = {
    ...(await request.world.readEnvironment(request.root)),
    node: first.runs[0]?.nodeVersion ?? '',
  };
  const loaded = (await Promise.all(first.runs.map(ownFilesOf))).flat();
  const trust = trustOf(baseline, { environment, threads: threadsOf(first) });
  const used = { file, differences: trust.differences };
  const output = outputAgainst(request, { baseline, subject, counted: first, here });
  if (output?.verdict === 'fail')
    return { used, rules: [output], demands: [], causes: [], loaded, warnings: [] };

  const { rules: wanted } = request;
  const before = storedCounts(baseline, subject, trust.calls.mayFail ? null : trust.calls.why);
  const every = everyCall({ before, after: counted }, wanted.maxCalls ?? 0);
  const measured = overReference(request, here);
  const sides = { baseline, subject, measured };
  const demands: Demand[] = [
    unlessLost(every.demand, [counted]),
    ...Object.entries(wanted.functions).flatMap(([pattern, { maxCalls: limit }]) =>
      limit === null
        ? []
        : [unlessLost(patternCalls({ before, after: counted }, { pattern, limit }), [counted])],
    ),
    memoryAgainstBaseline(sides, { limit: wanted.maxMemory, trust: trust.memory }),
    timeAgainstBaseline(sides, { limit: wanted.maxSlowdown, trust: trust.time }),
  ];
  const judged = await judgedInTurn(demands, request.progress);
  const rules = output === null ? judged : [output, ...judged];
  const called = rules.some(
    ({ name, pattern, verdict }) => name === 'maxCalls' && pattern === null && verdict === 'fail',
  );
  const causes = called ? callCauses(await every.grown(1)) : [];
  return { used, rules, demands, causes, loaded, warnings: [] };
}

/** Measures this tree, and puts it in the place of what the file had of the job. */
export async function updateBaseline(
  request: CheckRequest & { readonly baselineFile: string },
): Promise<JobBaseline> {
  const { root, job, input, baselineFile: file } = request;
  const here = await request.implementationIn(root, request.after);
  await assertWritable(file);
  const counted = await counting(request, here).of({ attempt: 0, isMany: true });
  const [run] = counted.runs;
  if (run === undefined) throw new RangeError('nothing was counted');
  if (counted.lost !== null) {
    const who = `implementation '${here.name}'`;
    throw new OutpaceError(
      'RUN_FAILED',
      `no baseline of ${who} can be made: its calls were lost: ${counted.lost}`,
    );
  }
  const { timeOverReference, peakRssBytes } = await overReference(request, here)(0);
  const { gitCommit: _, ...environment } = await request.world.readEnvironment(root);
  const baseline: JobBaseline = {
    implementation: here.name,
    input,
    environment: { ...environment, node: run.nodeVersion },
    threads: threadsOf(counted),
    output: storedOutput(request.judge === null ? inspected(here, run.output) : run.output),
    peakRssBytes: [...peakRssBytes],
    timeOverReference: timeOverReference.map((ratio) => Number(ratio.toPrecision(5))),
    countingRuns: counted.runs.length,
    calls: storedCalls(counted.functions),
  };
  await storeBaseline(file, { job, baseline });
  return baseline;
}

function threadsOf({ runs }: Counted): number {
  return Math.max(...runs.map(({ threads }) => threads.length));
}

function refuseOtherInput(
  { input, job }: CheckRequest,
  { baseline, file, here }: { baseline: JobBaseline; file: string; here: Implementation },
): void {
  const [then, now] = [JSON.stringify(baseline.input), JSON.stringify(input)];
  const remedy = `make it anew: outpace check --update-baseline --baseline ${file} --job ${job}`;
  if (then !== now)
    throw new OutpaceError(
      'USAGE',
      `${file} was made with the input ${then}, and this one is ${now}; ${remedy}`,
    );
  if (baseline.implementation !== here.name)
    throw new OutpaceError(
      'USAGE',
      `${file} has the figures of '${baseline.implementation}' for the job ${job}, not of '${here.name}'; ${remedy}`,
    );
}

/** The counting runs have made the output, so that it costs nothing to compare it. */
function outputAgainst(
  { allowDifferentOutput, judge }: CheckRequest,
  {
    baseline,
    subject,
    counted,
    here,
  }: { baseline: JobBaseline; subject: string; counted: Counted; here: Implementation },
): CheckedRule | null {
  if (allowDifferentOutput) return null;
  const [run] = counted.runs;
  if (judge !== null || run === undefined) {
    const why =
      "the config's own equal() needs both outputs, and a baseline stores only a hash: use --against instead";
    return outputRule({ subject, verdict: 'inconclusive', why });
  }
  const [then, now] = [baseline.output, storedOutput(inspected(here, run.output))];
  switch (sameStoredOutput(then, now)) {
    case true: {
      const why = bothNothing(then, now) ? nothingCompared('the baseline', here.name) : null;
      return outputRule({ subject, verdict: 'pass', why });
    }
    case null: {
      const why =
        'an earlier version of outpace stored its hash: make the baseline again with --update-baseline';
      return outputRule({ subject, verdict: 'inconclusive', why });
    }
    default: {
      const facts = ({ sizeBytes, sha256 }: StoredOutput) =>
        `${sizeBytes} bytes with sha256 ${sha256.slice(0, 12)}…`;
      return outputRule({
        subject,
        verdict: 'fail',
        why: `${facts(then)} in the baseline, ${facts(now)} now`,
      });
    }
  }
}

function storedCounts(baseline: JobBaseline, subject: string, reservation: string | null): CountsBefore {
  const ranges = rangesIn(baseline);
  const named = (key: string): NamedFunction => {
    const colon = key.lastIndexOf(':');
    return { file: key.slice(0, colon), name: key.slice(colon + 1) };
  };
  return {
    subject,
    reservation,
    storedRuns: baseline.countingRuns ?? 2,
    ranges: async () => ranges,
    sum: async (_, isMeant) => {
      const meant = [...ranges].flatMap(([key, range]) => (isMeant(named(key)) ? [range] : []));
      const total = (read: (range: CallRange) => number) =>
        meant.reduce((sum, range) => sum + read(range), 0);
      return { low: total(({ low }) => low), high: total(({ high }) => high) };
    },
  };
}
