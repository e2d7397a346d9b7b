import { counted } from '../base/counted.ts';
import type { Crossing, MoreCores, ScaleReport, ScaleSeries } from '../compare/scale-report.ts';
import type { Estimate } from '../stats/estimate.ts';
import { escapeTerminal } from './escape.ts';
import { adaptiveTime, confidence, percent, whole } from './format.ts';
import { type Column, tableLines } from './table.ts';

const WIDTH = 60;
const HEIGHT = 14;

/** A table, a plot with both axes logarithmic, the fits, where one overtakes the other, and what more cores could bring. */
export function scaleText(report: ScaleReport): string {
  const { series, crossings, moreCores, sizeKey, rounds, elapsedMs, warnings } = report;
  const marks = new Map(series.map((one, index) => [one, MARKS[index % MARKS.length] ?? '?']));
  const names = series.map((one) => `${marks.get(one)} ${nameOf(one)}`);
  const columns: readonly Column[] = [
    { align: 'left', width: 12 },
    ...names.map((): Column => ({ align: 'right', width: 12 })),
  ];
  const sizes = series[0]?.points.map(({ size }) => size) ?? [];
  return [
    ...tableLines(columns, [
      [`  ${escapeTerminal(sizeKey)}`, ...names],
      ...sizes.map((size, index) => [
        `  ${whole(size)}`,
        ...series.map(({ points }) => adaptiveTime(points[index]?.wallMs.point ?? Number.NaN)),
      ]),
    ]),
    '',
    ...plot(series, marks),
    '',
    ...series.map(fitLineOf),
    '',
    ...crossings.map((crossing) => crossingLine(crossing, report)),
    ...(moreCores === null ? [] : ['', ...moreCoresLines(moreCores, report)]),
    '',
    ...warnings.map((warning) => `Warning: ${escapeTerminal(warning)}`),
    `${counted(rounds, 'round')}, interleaved, in ${adaptiveTime(elapsedMs)}; ■ several, * extrapolated beyond what was measured`,
    '',
  ].join('\n');
}

const MARKS = ['o', 'x', '+', '#', '@', '%', '&'];

function nameOf({ implementation, workers }: ScaleSeries): string {
  return escapeTerminal(workers === null ? implementation : `${implementation} w=${workers}`);
}

function plot(series: readonly ScaleSeries[], marks: ReadonlyMap<ScaleSeries, string>): string[] {
  const points = series.flatMap((one) =>
    one.points.map(({ size, wallMs }) => ({
      x: Math.log(size),
      y: Math.log(wallMs.point),
      mark: marks.get(one) ?? '?',
    })),
  );
  const span = (values: readonly number[]) => ({ low: Math.min(...values), high: Math.max(...values) });
  const [xs, ys] = [span(points.map(({ x }) => x)), span(points.map(({ y }) => y))];
  const at = (value: number, { low, high }: { low: number; high: number }, cells: number) =>
    high > low ? Math.round(((value - low) / (high - low)) * (cells - 1)) : 0;
  const grid = Array.from({ length: HEIGHT }, () => Array<string>(WIDTH).fill(' '));
  for (const { x, y, mark } of points) {
    const row = grid[HEIGHT - 1 - at(y, ys, HEIGHT)];
    const column = at(x, xs, WIDTH);
    if (row !== undefined) row[column] = row[column] === ' ' ? mark : '■';
  }
  const label = (row: number) =>
    row === 0 ? adaptiveTime(Math.exp(ys.high)) : row === HEIGHT - 1 ? adaptiveTime(Math.exp(ys.low)) : '';
  return [
    ...grid.map((cells, row) => `  ${label(row).padStart(10)} │${cells.join('').trimEnd()}`),
    `  ${''.padStart(10)} └${'─'.repeat(WIDTH)}`,
    `  ${''.padStart(12)}${whole(Math.round(Math.exp(xs.low)))}${whole(Math.round(Math.exp(xs.high))).padStart(WIDTH - String(Math.round(Math.exp(xs.low))).length)}`,
  ];
}

function fitLineOf(series: ScaleSeries): string {
  const { fit } = series;
  if (fit === null) return `  ${nameOf(series)}: these sizes do not tell a slope`;
  return (
    `  ${nameOf(series)}: ${adaptiveTime(fit.startMs.point)} (${ends(fit.startMs, adaptiveTime)}) + ` +
    `${fit.usPerUnit.point.toFixed(2)} µs a unit (${ends(fit.usPerUnit, (us) => us.toFixed(2))})`
  );
}

function crossingLine(crossing: Crossing, { after, before, sizeKey }: ScaleReport): string {
  const { workers, size, extrapolated, fasterAtAllMeasured, slowerAtAllMeasured } = crossing;
  const who = `${escapeTerminal(after)}${workers === null ? '' : ` w=${workers}`}`;
  const old = escapeTerminal(before);
  const unit = escapeTerminal(sizeKey);
  if (size === null) {
    if (fasterAtAllMeasured) return `  ${who} is faster than ${old} at all sizes that were measured`;
    if (slowerAtAllMeasured) return `  ${who} is slower than ${old} at all sizes that were measured`;
    return `  ${who} and ${old}: the lines of the rounds do not all meet; see the table`;
  }
  const place = `${whole(Math.round(size.point))}${extrapolated ? '*' : ''} ${unit}`;
  return `  ${who} overtakes ${old} at about ${place} (${ends(size, (value) => whole(Math.round(value)))})`;
}

function moreCoresLines(
  { size, serialFraction, predictions }: MoreCores,
  { after, sizeKey }: ScaleReport,
): string[] {
  const most =
    serialFraction.point > 0 ? `never more than ×${(1 / serialFraction.point).toFixed(1)}` : 'no bound';
  return [
    `  ${escapeTerminal(after)} at ${whole(size)} ${escapeTerminal(sizeKey)}: ${percent(serialFraction.point, 1)} of its time on one thread`,
    `  does not spread (${ends(serialFraction, (ratio) => percent(ratio, 1))}); by Amdahl's law, ${most}:`,
    ...tableLines(
      PREDICTION_COLUMNS,
      predictions.map(({ threads, wallMs, extrapolated }) => [
        counted(threads, 'thread'),
        `${adaptiveTime(wallMs.point)}${extrapolated ? '*' : ''}`,
        `  (${ends(wallMs, adaptiveTime)})`,
      ]),
    ),
  ];
}

const PREDICTION_COLUMNS: readonly Column[] = [
  { align: 'right', width: 15 },
  { align: 'right', width: 13 },
  { align: 'left', width: 0 },
];

function ends({ low, high, confidenceLevel }: Estimate, format: (value: number) => string): string {
  if (confidenceLevel === 0) return 'one round shows no spread';
  return `${format(low)} to ${format(high)}, ${confidence(confidenceLevel)}`;
}
