import { describe, expect, test } from 'vitest';
import { sampleReport } from '../../tests/support/sample-report.ts';
import type { NoiseReport } from './noise-report.ts';
import {
  DEFAULT_SESSION_MARGIN,
  interleavedRemedy,
  sessionMarginOf,
  sessionVerdict,
} from './session-verdict.ts';

test.each([
  { low: 0.16, high: 0.3, level: 0.97, kind: 'faster' },
  { low: 0.14, high: 0.3, level: 0.97, kind: 'inconclusive' },
  { low: 0.16, high: 0.3, level: 0.94, kind: 'inconclusive' },
  { low: -0.3, high: -0.16, level: 0.95, kind: 'slower' },
  { low: -0.3, high: -0.14, level: 0.95, kind: 'inconclusive' },
  { low: -0.01, high: 0.01, level: 0.99, kind: 'inconclusive' },
  { low: 0.5, high: 0.5, level: 0, kind: 'inconclusive' },
])('a gain of [$low, $high] at $level is $kind', ({ low, high, level, kind }) => {
  const gain = { point: (low + high) / 2, low, high, confidenceLevel: level };
  expect(sessionVerdict(gain, { marginRatio: 0.15, remedy: 'measure' }).kind).toBe(kind);
});

test('what to do next is a command that measures both in turns', () => {
  const side = (implementation: string, commit: string | null) => ({ implementation, commit });
  expect(interleavedRemedy(side('old', null), side('new', null))).toBe('outpace bench old new');
  const commit = '0123456789abcdef';
  expect(interleavedRemedy(side('new', commit), side('new', null))).toBe('outpace check --against 01234567');
});

describe('the margin between sessions', () => {
  const noise = (wallMs: number | null, noiseRatio = 0.01, implementation = 'old'): NoiseReport => ({
    schemaVersion: 1,
    kind: 'noise',
    job: 'data_utils',
    implementation,
    startedAt: '2026-01-02T03:04:05.000Z',
    environment: sampleReport().environment,
    mode: 'cold',
    metric: 'wall',
    pairs: 16,
    gainRatio: { point: 0, low: -noiseRatio, high: noiseRatio, confidenceLevel: 0.95 },
    ...(wallMs === null
      ? {}
      : { wallMs: { point: wallMs, low: wallMs, high: wallMs, confidenceLevel: 0.95 } }),
    noiseRatio,
    elapsedMs: 10_000,
  });

  test.each([
    { what: 'nothing', noises: [] },
    { what: 'one session', noises: [noise(100)] },
    { what: 'sessions of which the time was not stored', noises: [noise(null), noise(null)] },
    { what: 'one session each of two implementations', noises: [noise(100), noise(200, 0.01, 'new')] },
  ])('$what: the default', ({ noises }) => expect(sessionMarginOf(noises)).toBe(DEFAULT_SESSION_MARGIN));

  test('is √2 · s · t: of logs 0, 0.02 and 0.04, s = 0.02 and t(2) = 4.303', () => {
    const noises = [0, 0.02, 0.04].map((log) => noise(Math.exp(log)));
    expect(sessionMarginOf(noises)).toBeCloseTo(Math.expm1(Math.SQRT2 * 0.02 * 4.3027), 4);
  });

  test('is no less than the noise within a session', () =>
    expect(sessionMarginOf([noise(100, 0.3), noise(100)])).toBe(0.3));
});
