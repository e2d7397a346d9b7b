import type { Chart } from '../../src/render/html/page/flame/chart.ts';

/** All boxes of a chart, a line for each row: `name start..end` in ms. */
export function chartText(chart: Chart, nameOf: (node: number) => string): string[] {
  return Array.from({ length: chart.rows }, (_, row) => {
    const boxes: string[] = [];
    for (let atMs = chart.startMs; ; ) {
      const key = chart.firstAfter(row, atMs);
      if (key < 0) return boxes.join(' | ');
      const [startMs, endMs] = [chart.startOf(row, key), chart.endOf(row, key)];
      boxes.push(`${nameOf(chart.nodeOf(row, key))} ${startMs}..${endMs}`);
      atMs = endMs;
    }
  });
}
