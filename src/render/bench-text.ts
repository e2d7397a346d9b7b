import { counted } from '../base/counted.ts';
import type { BenchReport, BenchResult, Both, StopReason } from '../compare/bench-report.ts';
import { describeVerdict } from '../compare/verdict.ts';
import type { Estimate } from '../stats/estimate.ts';
import { extentOf } from '../stats/extent.ts';
import { escapeTerminal } from './escape.ts';
import { adaptiveTime, fitted, interval, mebibytes, percent, seconds } from './format.ts';
import { histogram } from './histogram.ts';
import { type Column, tableLines } from './table.ts';

const PICTURE_WIDTH = 48;

/** The claim first, then what it rests on; 80 columns wide. */
export function benchText(report: BenchReport): string {
  const before = escapeTerminal(report.before);
  const body =
    'modes' in report
      ? [
          ...section({
            title: 'cold (one run a process)',
            before,
            after: report.after,
            result: report.modes.cold,
          }),
          ...section({ title: 'steady state', before, after: report.after, result: report.modes.steady }),
        ]
      : 'comparisons' in report
        ? report.comparisons.flatMap((one) =>
            section({ title: `${report.before} → ${one.after}`, before, after: one.after, result: one }),
          )
        : section({ title: null, before, after: report.after, result: report });
  return [
    ...body,
    ...(report.includesImport === true
      ? ['Times are from the first line of the import to the end of run.']
      : []),
    ...report.warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    closing(report),
    '',
  ].join('\n');
}

/** One line for a person who waits. */
export function benchProgress(
  result: BenchResult,
  spent: { readonly elapsedMs: number; readonly budgetMs: number | null },
): string {
  const { gainRatio, pairs } = result;
  const of = spent.budgetMs === null ? '' : ` of ${seconds(spent.budgetMs, 0)}`;
  return `pair ${pairs.length}: gain ${percent(gainRatio.point)} (${interval(gainRatio, percent)}), ${seconds(spent.elapsedMs, 0)}${of}`;
}

interface Section {
  readonly title: string | null;
  readonly before: string;
  readonly after: string;
  readonly result: BenchResult;
}

function section({ title, before, after: unescaped, result }: Section): string[] {
  const after = escapeTerminal(unescaped);
  const { gainRatio, verdict, wallMs, cpuMs, peakRssBytes, cpuGainRatio, peakRssGainRatio } = result;
  return [
    ...(title === null ? [] : [`${escapeTerminal(title)}:`]),
    `Efficiency gain ${percent(gainRatio.point)} (${interval(gainRatio, percent)}): ${describeVerdict(verdict, after)}`,
    '',
    ...tableLines(COLUMNS, [
      ['', before, after, 'gain'],
      ['  time (median)', ...cells(wallMs, adaptiveTime), saved(gainRatio)],
      ['  CPU, all threads', ...cells(cpuMs, adaptiveTime), saved(cpuGainRatio)],
      ['  peak memory', ...cells(peakRssBytes, mebibytes), saved(peakRssGainRatio)],
    ]),
    '',
    ...picture({ before, after, result }),
    '',
    // Those of the only comparison stand with the report's own.
    ...(title === null ? [] : result.warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`)),
  ];
}

const COLUMNS: readonly Column[] = [
  { align: 'left', width: 20 },
  { align: 'right', width: 14 },
  { align: 'right', width: 14 },
  { align: 'right', width: 30 },
];

function cells({ before, after }: Both<Estimate>, format: (value: number) => string): [string, string] {
  return [format(before.point), format(after.point)];
}

function saved(gain: Estimate | null): string {
  if (gain === null) return 'not known';
  const range = gain.confidenceLevel === 0 ? '' : ` (${percent(gain.low, 1)} to ${percent(gain.high, 1)})`;
  return `${percent(gain.point, 1)}${range}`;
}

/** Both distributions over one scale, with the scale below. */
function picture({ before, after, result }: Omit<Section, 'title'>): string[] {
  const befores = result.pairs.map(({ beforeMs }) => beforeMs);
  const afters = result.pairs.map(({ afterMs }) => afterMs);
  const all = [...befores, ...afters];
  const { least, most } = extentOf(all);
  const scale = { low: least, high: most, width: PICTURE_WIDTH };
  const [low, high] = [adaptiveTime(scale.low), adaptiveTime(scale.high)];
  return [
    `  ${fitted(before, 18)} ${histogram(befores, scale)}`,
    `  ${fitted(after, 18)} ${histogram(afters, scale)}`,
    `  ${''.padEnd(18)} ${low}  ${high.padStart(PICTURE_WIDTH - low.length - 2)}`,
  ];
}

const STOPPED: Readonly<Record<StopReason, string>> = {
  settled: 'the answer is clear',
  pairs: 'the number of pairs was reached',
  budget: 'the budget of time is spent',
  interrupted: 'interrupted',
  failed: 'a run failed',
  running: 'not ended',
};

function closing(report: BenchReport): string {
  const [result] =
    'modes' in report ? [report.modes.cold] : 'comparisons' in report ? report.comparisons : [report];
  const pairs = result?.pairs.length ?? 0;
  const outputs = report.outputsEqual ? 'the outputs are equal' : 'THE OUTPUTS DIFFER';
  return (
    `${counted(pairs, 'pair')} of fresh processes, interleaved (seed ${report.seed}), in ${seconds(report.elapsedMs, 1)}; ` +
    `${STOPPED[report.stoppedBy]}; ${outputs}`
  );
}
