import { describe, expect, test } from 'vitest';
import { type HistoryReport, type KeptRun, seriesOf } from '../../src/compare/history.ts';
import { historyText } from '../../src/render/history-text.ts';
import { HOSTILE } from '../support/sample-check.ts';
import { keptRun } from '../support/sample-history.ts';

const report = (
  runs: readonly KeptRun[],
  known: Partial<HistoryReport> & { limit?: number } = {},
): HistoryReport => ({
  schemaVersion: 1,
  kind: 'history',
  job: 'data_utils',
  implementation: null,
  since: null,
  toleranceRatio: 0.02,
  series: seriesOf(runs, { toleranceRatio: 0.02, limit: known.limit ?? 30 }),
  passedOver: [],
  ...known,
});
const { environment } = keptRun(1, 100);
const walk = Array.from({ length: 200 }, (_, day) => keptRun(day + 1, 100 + 20 * Math.sin(day / 10)));
const single = { wallMs: { point: 0.25, low: 0.25, high: 0.25, confidenceLevel: 0 }, timesMs: [0.25] };
const TEXTS = {
  'history.txt': historyText(
    report(
      [
        keptRun(1, 100),
        keptRun(2, 101, { kind: 'bench' }),
        keptRun(3, 140),
        keptRun(4, 60, { kind: 'bench' }),
        keptRun(2, 4321.5, {
          environment: { ...environment, cpu: 'Another CPU', cores: 1, gitCommit: null },
        }),
        keptRun(5, 900, { input: { users: 10_000 } }),
        keptRun(6, 905, { input: { users: 10_000 }, ...single }),
      ],
      { passedOver: ['reports/cut.json is not JSON: it is empty'] },
    ),
  ),
  'history-200.txt': historyText(report(walk)),
  'history-200-all.txt': historyText(report(walk, { limit: 1000 })),
  'history-hostile.txt': historyText(
    report(
      [
        keptRun(1, 0.2, {
          implementation: HOSTILE,
          input: { [HOSTILE]: HOSTILE },
          environment: { ...environment, cpu: HOSTILE, platform: HOSTILE, node: HOSTILE, gitCommit: HOSTILE },
        }),
      ],
      { passedOver: [HOSTILE.repeat(3)] },
    ),
  ),
};

describe.each(Object.entries(TEXTS))('%s', (name, text) => {
  test('reads so', async () => expect(text).toMatchFileSnapshot(`../golden/${name}`));

  test('is 80 columns wide, and sends nothing to a terminal but text', () => {
    expect(text.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\p{Cs}/u);
  });
});

test('the picture of four runs has each once, a change by its mark', () => {
  const picture = (TEXTS['history.txt'].match(/^.*┤.*$/gm) ?? []).slice(8, 16).join('');
  expect(picture.match(/[o▲▼]/g)?.toSorted()).toEqual(['o', 'o', '▲', '▼'].toSorted());
});
