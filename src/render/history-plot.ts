import type { Change, HistoryPoint } from '../compare/history.ts';
import { adaptiveTime } from './format.ts';

/** Colour is no sign: these are. */
export const CHANGE_MARKS: Readonly<Record<Change, string>> = { slower: '▲', faster: '▼' };

const HEIGHT = 8;
const WIDTH = 60;
const LABEL = 11;
/** Columns between two runs, where there are few. */
const WIDEST_STEP = 6;

/** Time upwards, the runs in their order from left to right, each with its interval; the newest, as many as fit. */
export function historyPlot(points: readonly HistoryPoint[]): string[] {
  const shown = points.slice(-WIDTH);
  const low = Math.min(...shown.map(({ wallMs }) => wallMs.low));
  const high = Math.max(...shown.map(({ wallMs }) => wallMs.high));
  const rowOf = (ms: number) =>
    high > low ? Math.round(((high - ms) / (high - low)) * (HEIGHT - 1)) : HEIGHT - 1;
  const step = Math.min(WIDEST_STEP, Math.max(1, Math.floor(WIDTH / shown.length)));
  const grid = Array.from({ length: HEIGHT }, () => Array<string>(WIDTH).fill(' '));
  for (const [index, { wallMs, change }] of shown.entries()) {
    const column = index * step;
    for (const [row, cells] of grid.entries())
      if (row >= rowOf(wallMs.high) && row <= rowOf(wallMs.low)) cells[column] = '│';
    const cells = grid[rowOf(wallMs.point)];
    if (cells !== undefined) cells[column] = change === null ? 'o' : CHANGE_MARKS[change];
  }
  const label = (row: number) =>
    row === HEIGHT - 1 ? adaptiveTime(low) : row === 0 && high > low ? adaptiveTime(high) : '';
  const [first, last] = [shown.at(0), shown.at(-1)];
  const left = points.length - shown.length;
  return [
    ...grid.map((cells, row) => `  ${label(row).padStart(LABEL)} ┤ ${cells.join('')}`.trimEnd()),
    `  ${''.padStart(LABEL)} └${'─'.repeat(WIDTH + 1)}`,
    ...(first === undefined || last === undefined
      ? []
      : [`  ${''.padStart(LABEL + 3)}${minuteOf(first.startedAt)} to ${minuteOf(last.startedAt)}`]),
    ...(left === 0 ? [] : [`  ${''.padStart(LABEL + 3)}the newest ${shown.length}; ${left} more above`]),
  ];
}

/** Such as `2026-01-02 03:04`, in UTC. */
export function minuteOf(startedAt: string): string {
  return new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ');
}
