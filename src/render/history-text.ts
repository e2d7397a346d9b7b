import { counted } from '../base/counted.ts';
import type { HistoryPoint, HistoryReport, HistorySeries, Machine } from '../compare/history.ts';
import { escapeTerminal } from './escape.ts';
import { adaptiveTime, confidence, percent, timeSpan } from './format.ts';
import { CHANGE_MARKS, historyPlot, minuteOf } from './history-plot.ts';
import { type Column, tableLines } from './table.ts';

const WIDTH = 80;

/** For each line what it is of, its runs, and a picture of them; 80 columns wide. */
export function historyText(report: HistoryReport): string {
  const { series, passedOver } = report;
  const margins = [...new Set(series.map(({ marginRatio }) => percent(marginRatio, 1)))].join(' or ');
  const compared = series.some(({ points, earlier }) => points.length + earlier > 1);
  return [
    ...series.flatMap((one) => [...seriesLines(one), '']),
    ...(compared
      ? [
          `▲ slower, ▼ faster than the run before by more than ${margins}, at 95 % confidence.`,
          'No mark: inconclusive, since two sessions alone may differ that much. To decide,',
          'measure both in turns: outpace bench, or outpace check --against <ref>',
        ]
      : []),
    ...passedOver.flatMap((why) => broken(`Passed over: ${escapeTerminal(why)}`)),
    '',
  ].join('\n');
}

function seriesLines(series: HistorySeries): string[] {
  const { implementation, mode, input, machine, points, earlier } = series;
  const how = mode === 'cold' ? 'cold' : 'steady state';
  const [heading = '', ...lines] = tableLines(COLUMNS, [
    ['  started (UTC)', 'commit', 'kind', 'time', '  interval'],
    ...points.map(pointCells),
  ]);
  const only = points.length === 1 && earlier === 0;
  return [
    ...broken(escapeTerminal(`${implementation}, ${how}, input ${JSON.stringify(input)}`)),
    ...broken(escapeTerminal(`on ${machineWords(machine)}`)),
    '',
    heading,
    ...(earlier === 0 ? [] : [`  ${earlier} earlier left out (--limit)`]),
    ...lines,
    ...(only ? ['', '  one run: nothing to compare it with'] : []),
    ...(points.length < 2 ? [] : ['', ...historyPlot(points)]),
  ];
}

const COLUMNS: readonly Column[] = [
  { align: 'left', width: 19 },
  { align: 'left', width: 10 },
  { align: 'left', width: 9 },
  { align: 'right', width: 10 },
  { align: 'left', width: 0 },
];

function pointCells({ startedAt, commit, kind, wallMs, change }: HistoryPoint): string[] {
  const mark = change === null ? ' ' : CHANGE_MARKS[change];
  const { low, high, confidenceLevel } = wallMs;
  const span = high < 1 ? `${adaptiveTime(low)} to ${adaptiveTime(high)}` : timeSpan(low, high);
  const bounds = confidenceLevel === 0 ? 'one run' : `${span}, ${confidence(confidenceLevel)}`;
  const shortCommit = escapeTerminal((commit ?? '-').slice(0, 8));
  return [`${mark} ${minuteOf(startedAt)}`, shortCommit, kind, adaptiveTime(wallMs.point), `  ${bounds}`];
}

function machineWords({ cpu, cores, platform, memoryGib, nodeMajor }: Machine): string {
  const memory = memoryGib === 0 ? 'less than 1 GiB' : `${memoryGib} GiB`;
  return `${cpu}, ${counted(cores, 'core')}, ${memory}, ${platform}, Node ${nodeMajor}`;
}

/** Whatever its length: an input, or a path, need not have a place to be broken at. */
function broken(text: string): string[] {
  const parts = text.match(new RegExp(`.{1,${WIDTH - 4}}`, 'gsu')) ?? [];
  return parts.map((part, index) => (index === 0 ? part : `    ${part}`));
}
