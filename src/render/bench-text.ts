import { counted } from '../base/counted.ts';
import { percentFigure } from '../base/percent.ts';
import { valuesOf } from '../compare/bench-metrics.ts';
import {
  type BenchReport,
  type BenchResult,
  METRIC_NAMES,
  type MetricName,
  type StopReason,
} from '../compare/bench-report.ts';
import type { Estimate } from '../stats/estimate.ts';
import { extentOf } from '../stats/extent.ts';
import { escapeTerminal } from './escape.ts';
import { fitted, interval, percent, seconds } from './format.ts';
import { histogram } from './histogram.ts';
import { claimWords, METRIC_WORDS, metricValue, shownInstead, verdictWord } from './metric-words.ts';
import { type Column, tableLines } from './table.ts';

const PICTURE_WIDTH = 48;

/** The claim first, then what it rests on; 80 columns wide. */
export function benchText(report: BenchReport): string {
  const { before, metric, confidenceLevel } = report;
  const of = (title: string | null, after: string, result: BenchResult) =>
    section({
      title: title === null ? null : escapeTerminal(title),
      before: escapeTerminal(before),
      after: escapeTerminal(after),
      ...{ result, metric, confidenceLevel },
    });
  const body =
    'modes' in report
      ? [
          ...of('cold (one run per process)', report.after, report.modes.cold),
          ...of('steady state', report.after, report.modes.steady),
        ]
      : 'comparisons' in report
        ? report.comparisons.flatMap((one) => of(`${before} → ${one.after}`, one.after, one))
        : of(null, report.after, report);
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

interface Spent {
  readonly elapsedMs: number;
  readonly budgetMs: number | null;
  readonly metric: MetricName;
}

/** One line for a person who waits. It names no confidence: that of a look holds for none but the last. */
export function benchProgress(
  { metrics, pairs }: BenchResult,
  { elapsedMs, budgetMs, metric }: Spent,
): string {
  const of = budgetMs === null ? '' : ` of ${seconds(budgetMs, 0)}`;
  const { gainRatio } = metrics[metric];
  return `pair ${pairs.length}: gain ${gainCell(gainRatio)}, ${seconds(elapsedMs, 0)}${of}`;
}

/** One comparison; the names are escaped. */
interface Section {
  readonly title: string | null;
  readonly before: string;
  readonly after: string;
  readonly result: BenchResult;
  readonly metric: MetricName;
  /** What holds over all looks. */
  readonly confidenceLevel: number;
}

function section(shown: Section): string[] {
  const { title, result, metric } = shown;
  const { meanGainRatio } = result.metrics[metric];
  return [
    ...(title === null ? [] : [`${title}:`]),
    ...claimLines(shown),
    ...noVerdict(result),
    ...(meanGainRatio === null ? [] : [`By the ratio of means: ${percent(meanGainRatio)}`]),
    '',
    ...metricTable(shown),
    '',
    ...picture(shown),
    '',
    // Those of the only comparison stand with the report's own.
    ...(title === null ? [] : result.warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`)),
  ];
}

/** Why there is no claim although there are times. */
function noVerdict({ verdict }: BenchResult): string[] {
  if (verdict.kind !== 'inconclusive' || verdict.reason === undefined) return [];
  return [`No verdict: ${escapeTerminal(verdict.reason)}`];
}

function claimLines({ after, result, metric, confidenceLevel }: Section): string[] {
  const { gainRatio, verdict } = result.metrics[metric];
  const { gain } = METRIC_WORDS[metric];
  const words = claimWords(metric, verdict, after);
  const claim =
    gainRatio === null
      ? `${gain} not known: ${words}`
      : `${gain} ${percent(gainRatio.point)} (${interval(gainRatio, percent, confidenceLevel)}): ${words}`;
  const instead = otherTimeOf({ result, metric });
  if (instead === null) return [claim];
  const other = result.metrics[instead];
  if (other.gainRatio === null) return [claim];
  const shown = shownInstead(instead, other.verdict, {
    gain: other.gainRatio,
    claimedLevel: confidenceLevel,
  });
  return [
    `Inconclusive in ${METRIC_WORDS[metric].name}; ${shown}`,
    `${claim},`,
    `           or let ${METRIC_WORDS[instead].name} decide (--metric ${instead})`,
  ];
}

/** Of an inconclusive wall time the CPU time, and the reverse, if that one is conclusive. */
function otherTimeOf({ result, metric }: Pick<Section, 'result' | 'metric'>): MetricName | null {
  if (metric === 'memory' || result.metrics[metric].verdict.kind !== 'inconclusive') return null;
  const other = metric === 'wall' ? 'cpu' : 'wall';
  return result.metrics[other].verdict.kind === 'inconclusive' ? null : other;
}

function metricTable({ before, after, result, metric }: Section): string[] {
  return [
    ...tableLines(COLUMNS, [
      ['', before, after, 'gain', ''],
      ...METRIC_NAMES.map((name) => {
        const { unit, gainRatio, verdict, ...sides } = result.metrics[name];
        return [
          `${name === metric ? '*' : ' '} ${METRIC_WORDS[name].name}`,
          metricValue(unit, sides.before.point),
          metricValue(unit, sides.after.point),
          gainCell(gainRatio),
          `  ${verdictWord(name, verdict)}`,
        ];
      }),
    ]),
    '* the metric that decides; medians; CPU time of all threads',
  ];
}

const COLUMNS: readonly Column[] = [
  { align: 'left', width: 16 },
  { align: 'right', width: 12 },
  { align: 'right', width: 12 },
  { align: 'right', width: 26 },
  { align: 'left', width: 0 },
];

/** The gain with its interval: `48.8 % (47.6 to 54.4)`. */
function gainCell(gain: Estimate | null): string {
  if (gain === null) return 'not known';
  const ends = [gain.low, gain.high].map((ratio) => percentFigure(ratio, 1));
  return `${percent(gain.point, 1)}${gain.confidenceLevel === 0 ? '' : ` (${ends.join(' to ')})`}`;
}

/** Both distributions of the metric that decides over one scale, with the scale below. */
function picture({ before, after, result, metric }: Section): string[] {
  const { unit } = result.metrics[metric];
  const values = valuesOf(result.pairs, metric);
  const [befores, afters] = [values.map((value) => value.before), values.map((value) => value.after)];
  const { least, most } = extentOf([...befores, ...afters]);
  const scale = { low: least, high: most, width: PICTURE_WIDTH };
  const [low, high] = [metricValue(unit, scale.low), metricValue(unit, scale.high)];
  return [
    `  ${fitted(before, 18)} ${histogram(befores, scale)}`,
    `  ${fitted(after, 18)} ${histogram(afters, scale)}`,
    `  ${''.padEnd(18)} ${low}  ${high.padStart(PICTURE_WIDTH - low.length - 2)}`,
  ];
}

const STOPPED: Readonly<Record<StopReason, string>> = {
  settled: 'the answer is clear',
  pairs: 'the number of pairs was reached',
  budget: 'the time budget is spent',
  interrupted: 'interrupted',
  failed: 'a run failed',
  running: 'still running',
};

function closing(report: BenchReport): string {
  const [result] =
    'modes' in report ? [report.modes.cold] : 'comparisons' in report ? report.comparisons : [report];
  const pairs = result?.pairs.length ?? 0;
  const outputs = report.outputsEqual ? 'the outputs are equal' : 'THE OUTPUTS DIFFER';
  return (
    `${counted(pairs, 'pair')} of fresh processes, interleaved (seed ${report.seed}), in ${seconds(report.elapsedMs, 1)}; ` +
    `${stoppedWords(report, result)}; ${outputs}${clockWords(report)}${modeWords(report)}`
  );
}

/** A verdict that is withheld ends a measurement too. */
function stoppedWords({ stoppedBy }: BenchReport, result: BenchResult | undefined): string {
  const isWithheld = stoppedBy === 'settled' && result?.verdict.kind === 'inconclusive';
  return isWithheld ? 'more pairs would not change that' : STOPPED[stoppedBy];
}

function modeWords({ modeNote }: BenchReport): string {
  return modeNote === undefined ? '' : `\nMode: ${escapeTerminal(modeNote)}`;
}

function clockWords({ clockFloorNs }: BenchReport): string {
  return clockFloorNs === undefined ? '' : `; clock floor ${Math.round(clockFloorNs)} ns`;
}
