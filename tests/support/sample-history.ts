import type { KeptRun } from '../../src/compare/history.ts';
import { sampleReport } from './sample-report.ts';

/** A run of a day of January 2026 that took so long, give or take 2 ms. */
export function keptRun(day: number, wallMs: number, known: Partial<KeptRun> = {}): KeptRun {
  const startedAt = new Date(Date.UTC(2026, 0, day, 12)).toISOString();
  return {
    implementation: 'new',
    kind: 'profile',
    mode: 'cold',
    startedAt,
    environment: { ...sampleReport().environment, cpu: 'Some CPU', gitCommit: String(day).padStart(40, 'c') },
    input: { users: 1000 },
    wallMs: { point: wallMs, low: wallMs - 2, high: wallMs + 2, confidenceLevel: 0.9 },
    timesMs: [wallMs - 2, wallMs - 1, wallMs, wallMs + 1, wallMs + 2],
    file: `reports/${day}.json`,
    ...known,
  };
}
