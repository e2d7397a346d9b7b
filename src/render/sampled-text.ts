import type { SampledFunction, SampledProfile } from '../compare/sampled-profile.ts';
import { type Amounts, amountsIn, NOT_AVAILABLE } from './amount.ts';
import { escapeTerminal } from './escape.ts';
import { adaptiveTime } from './format.ts';
import { functionLabel } from './profile-text.ts';

/** A profile by itself as pstats prints one, without the calls that no sampling profiler knows. */
export function sampledText(profile: SampledProfile): string {
  const { file, measure, wallMs, sampledMs, threads, functions, warnings } = profile;
  const amounts = amountsIn(measure.unit);
  return [
    escapeTerminal(file),
    '',
    ...(threads ?? []).map(
      (thread) => `Thread ${escapeTerminal(thread.name)}: ${amounts.plain(thread.sampledMs)} sampled`,
    ),
    ...(threads === null ? [`Threads: ${NOT_AVAILABLE}`] : []),
    ...warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    '',
    `         ${amounts.plain(sampledMs)} sampled, duration ${wallMs === null ? NOT_AVAILABLE : adaptiveTime(wallMs)}, calls ${NOT_AVAILABLE}`,
    '',
    '   Ordered by: cumulative total',
    ...(functions.some(({ recursive }) => recursive) ? ['   * seen to recurse.'] : []),
    '',
    `${'self'.padStart(16)} ${'cumulative'.padStart(16)}  filename:lineno(function)`,
    ...functions.map((row) => line(row, amounts)),
    '',
  ].join('\n');
}

function line(row: SampledFunction, { plain }: Amounts): string {
  return `${plain(row.selfMs).padStart(16)} ${plain(row.totalMs).padStart(16)}  ${escapeTerminal(functionLabel(row))}${row.recursive ? '*' : ''}`;
}
