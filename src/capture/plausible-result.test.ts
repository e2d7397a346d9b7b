import { describe, expect, test } from 'vitest';
import type { RunResult } from './child/messages.ts';
import { plausibleResult } from './plausible-result.ts';

const RESULT: RunResult = {
  nodeVersion: '24.0.0',
  importMs: 3,
  setupMs: 0,
  importCpuMs: 3,
  setupCpuMs: 0,
  wallMs: 12,
  cpuMs: 0,
  peakRssBytes: 1e8,
  window: { startUs: 0, endUs: 12_000 },
  repeatedMs: [11, 10],
  changedOutput: null,
  outputsEqual: null,
  processCpuMs: 40,
  mainThread: { cpuMs: 20, runQueueMs: 1 },
  output: { form: 'bytes', uninspectable: null, sha256: null, sizeBytes: 1 },
  openResources: [],
  mappedScripts: [],
  loadedUrls: [],
  started: { processes: 0, cpuMs: null },
  threads: [],
};

test('what can be is a result, as it is', () => {
  expect(plausibleResult(RESULT, 'new')).toBe(RESULT);
});

describe('what cannot be is an error that names it', () => {
  test.each<[Partial<RunResult>, string]>([
    [{ wallMs: -1 }, 'the time of run came out as -1 ms'],
    [{ wallMs: 0 }, 'the time of run came out as 0 ms'],
    [{ wallMs: Number.NaN }, 'the time of run came out as NaN ms'],
    [{ wallMs: Number.POSITIVE_INFINITY }, 'the time of run came out as Infinity ms'],
    [{ repeatedMs: [11, -10] }, 'the time of repetition 2 came out as -10 ms'],
    [{ repeatedMs: [0] }, 'the time of repetition 1 came out as 0 ms'],
    [{ importMs: -3 }, 'the time of the import came out as -3 ms'],
    [{ setupMs: Number.NaN }, 'the time of setup came out as NaN ms'],
    [{ importCpuMs: -1 }, 'the CPU time of the import came out as -1 ms'],
    [{ setupCpuMs: Number.NaN }, 'the CPU time of setup came out as NaN ms'],
    [{ cpuMs: -5 }, 'the CPU time of run came out as -5 ms'],
    [
      { mainThread: { cpuMs: 20, runQueueMs: Number.NaN } },
      "the main thread's time in the queue for a CPU came out as NaN ms",
    ],
    [{ processCpuMs: Number.NaN }, 'the CPU time of the process came out as NaN ms'],
  ])('%o', (wrong, message) => {
    expect(() => plausibleResult({ ...RESULT, ...wrong }, 'new')).toThrow(
      expect.objectContaining({ code: 'RUN_FAILED', message: expect.stringContaining(message) }),
    );
  });
});
