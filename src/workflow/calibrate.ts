import { OutpaceError } from '../base/errors.ts';
import type { BenchMode } from '../compare/bench-report.ts';
import type { NoiseReport } from '../compare/noise-report.ts';
import { reserveStem } from '../store/artefacts.ts';
import { type BenchRequest, bench } from './bench.ts';
import { resultsIn } from './bench-assembly.ts';

export interface StoredNoise {
  readonly noise: NoiseReport;
  /** What a bench will use from now on: the one asked for, or the noise where that is larger. */
  readonly toleranceRatio: number;
  readonly file: string;
}

/** Measures an implementation against itself for the whole budget, and stores how far apart the two come out. */
export async function calibrate(
  request: Omit<BenchRequest, 'after' | 'outputs' | 'mode'> & { readonly mode: BenchMode },
): Promise<StoredNoise> {
  const { report } = await bench({
    ...request,
    after: [request.before],
    outputs: 'compared already',
    plan: { ...request.plan, isSettled: null },
  });
  const [result] = resultsIn(report);
  if (result === undefined) throw new RangeError('nothing was measured');
  const { metric = 'wall' } = request;
  const { wallMs } = result;
  const { gainRatio } = result.metrics[metric];
  if (gainRatio === null)
    throw new OutpaceError('RUN_FAILED', `${metric}: a value of 0 is too small to be measured`);
  const noise: NoiseReport = {
    schemaVersion: 1,
    kind: 'noise',
    job: request.job,
    implementation: request.before.name,
    startedAt: report.startedAt,
    environment: report.environment,
    mode: request.mode,
    metric,
    pairs: result.pairs.length,
    gainRatio,
    wallMs: wallMs.before,
    noiseRatio: Math.max(Math.abs(gainRatio.low), Math.abs(gainRatio.high)),
    elapsedMs: report.elapsedMs,
  };
  const { reportsDir } = request;
  const reservation = await reserveStem({
    profilesDir: reportsDir,
    reportsDir,
    startedAt: new Date(report.startedAt),
    suffix: `${request.job}_${request.before.name}_noise`,
  });
  try {
    const content = `${JSON.stringify(noise, null, 1)}\n`;
    const [file = ''] = await reservation.commit([{ folder: 'reportsDir', extension: '.json', content }]);
    return { noise, toleranceRatio: Math.max(request.toleranceRatio, noise.noiseRatio), file };
  } finally {
    await reservation.release();
  }
}
