import { OutpaceError } from '../base/errors.ts';
import { type HistoryReport, type KeptRun, seriesOf } from '../compare/history.ts';
import { DEFAULT_SESSION_MARGIN, sessionMarginOf } from '../compare/session-verdict.ts';
import { storedNoises } from '../store/noise.ts';
import { storedRuns } from '../store/stored-runs.ts';

export interface HistoryRequest {
  readonly job: string;
  /** null: all of the job's. */
  readonly implementation: string | null;
  readonly since: Date | null;
  /** The most points of a series; the newest are kept. */
  readonly limit: number;
  readonly toleranceRatio: number;
  readonly reportsDir: string;
}

/**
 * The kept runs of a job over time. What `check` measured of another commit is none of this tree's history.
 *
 * @throws OutpaceError MISSING_REPORT where there is none
 */
export async function history(request: HistoryRequest): Promise<HistoryReport> {
  const { job, implementation, since, limit, toleranceRatio, reportsDir } = request;
  const kept: KeptRun[] = [];
  const passedOver: string[] = [];
  const known = new Set<string>();
  for await (const one of storedRuns(reportsDir, job)) {
    if (one.kind === 'passed over') passedOver.push(one.why);
    else {
      const own = one.runs.filter((run) => !run.implementation.includes('@'));
      for (const run of own) known.add(run.implementation);
      kept.push(...own.filter((run) => isWanted(run, request)).map((run) => ({ ...run, file: one.file })));
    }
  }
  if (kept.length === 0) throw nothingKept(request, { known, passedOver });
  const margins = await sessionMargins(kept, request);
  return {
    schemaVersion: 1,
    kind: 'history',
    job,
    implementation,
    since: since?.toISOString() ?? null,
    toleranceRatio,
    series: seriesOf(kept, {
      toleranceRatio,
      limit,
      sessionMarginOf: (run) => margins.get(run) ?? DEFAULT_SESSION_MARGIN,
    }),
    passedOver,
  };
}

/** One reading of the calibrations for each machine and mode. */
async function sessionMargins(
  runs: readonly KeptRun[],
  { job, reportsDir }: HistoryRequest,
): Promise<Map<KeptRun, number>> {
  const margins = new Map<KeptRun, number>();
  const kindOf = ({ environment: { cpu, cores, platform, node }, mode }: KeptRun) =>
    JSON.stringify([cpu, cores, platform, node, mode]);
  for (const [, alike] of Map.groupBy(runs, kindOf)) {
    const [first] = alike;
    if (first === undefined) continue;
    const margin = sessionMarginOf(await storedNoises(reportsDir, { ...first, job, metric: 'wall' }));
    for (const run of alike) margins.set(run, margin);
  }
  return margins;
}

function isWanted(
  run: Pick<KeptRun, 'implementation' | 'startedAt'>,
  { implementation, since }: HistoryRequest,
) {
  if (implementation !== null && run.implementation !== implementation) return false;
  return since === null || Date.parse(run.startedAt) >= since.getTime();
}

function nothingKept(
  { job, implementation, since, reportsDir }: HistoryRequest,
  { known, passedOver }: { readonly known: ReadonlySet<string>; readonly passedOver: readonly string[] },
): OutpaceError {
  const of = implementation === null ? '' : ` of ${JSON.stringify(implementation)}`;
  const after = since === null ? '' : ` since ${since.toISOString()}`;
  const hint =
    known.size === 0
      ? `run \`outpace profile ${implementation ?? '<implementation>'}\` first`
      : `it has runs of ${[...known].map((name) => JSON.stringify(name)).join(', ')}`;
  const message = `${reportsDir} has no run${of} for the job ${job}${after}: ${hint}`;
  return new OutpaceError('MISSING_REPORT', [message, ...passedOver].join('\n'));
}
