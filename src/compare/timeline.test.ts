import { describe, expect, test } from 'vitest';
import { sampleReport } from '../../tests/support/sample-report.ts';
import { boundsOf } from './bounds.ts';
import type { ReportThread } from './profile-report.ts';
import { timelineOf } from './timeline.ts';

/** Ten slices of 10 ms: 1 on a CPU, 0 waiting, blank not alive. */
function thread(name: string, picture: string, known: Partial<ReportThread> = {}): ReportThread {
  const slices = [...picture].map((mark) => (mark === '1' ? 1 : 0));
  const start = picture.search(/\S/);
  const end = picture.trimEnd().length;
  return {
    name,
    startMs: start * 10,
    wallMs: (end - start) * 10,
    cpuMs: slices.filter((part) => part === 1).length * 10,
    waitingMs: 0,
    samples: 1,
    usefulMs: null,
    story: {
      running: slices,
      idle: slices.map((part) => 1 - part),
      collecting: slices.map(() => 0),
      onCpu: slices,
      ready: slices,
    },
    ...known,
  };
}

const timeline = (threads: readonly ReportThread[]) =>
  timelineOf({
    ...sampleReport(),
    threads: [...threads],
    sampling: { wallRunsMs: [100], medianRun: 0 },
  });

describe('what the end of a run waited for', () => {
  test('one thread', () =>
    expect(timeline([thread('main', '1111111111')]).criticalPath).toEqual([
      { name: 'main', startMs: 0, endMs: 100 },
    ]));

  test('the worker that the main thread waits for', () => {
    const { criticalPath, threads } = timeline([
      thread('main', '1100000011'),
      thread('worker-1', '  111     '),
      thread('worker-2', '  111111  '),
    ]);
    expect(criticalPath).toEqual([
      { name: 'main', startMs: 0, endMs: 20 },
      { name: 'worker-2', startMs: 20, endMs: 80 },
      { name: 'main', startMs: 80, endMs: 100 },
    ]);
    expect(threads[0]?.waitedFor).toEqual([
      { name: 'worker-2', share: 1 },
      { name: 'worker-1', share: 0.5 },
    ]);
  });

  test('a wait for nobody stays with the thread that waits', () =>
    expect(timeline([thread('main', '1100001111')]).criticalPath).toEqual([
      { name: 'main', startMs: 0, endMs: 100 },
    ]));
});

test('imbalance is the busiest worker over the mean', () => {
  const { imbalance, threads } = timeline([
    thread('main', '1111111111'),
    thread('worker-1', ' 11       '),
    thread('worker-2', ' 11111100 '),
  ]);
  // 20 and 60 ms: 60 / 40.
  expect(imbalance).toBeCloseTo(1.5, 12);
  expect(threads[2]?.idleAtEndMs).toBe(20);
});

test('bounds: all cores, no start-up, and the largest functions for nothing', () => {
  const report = {
    ...sampleReport(),
    threads: [thread('main', '1111111111'), thread('worker-1', ' 11111', { usefulMs: 40 })],
    sampling: { ...sampleReport().sampling, wallRunsMs: [2300], medianRun: 0, sampledMs: 2400 },
  };
  const bounds = boundsOf(report);
  // 1,200 ms of CPU time on 2 cores; a worker useful after 30 ms of a run sampled at twice its time of 1,150 ms.
  expect(bounds[0]).toMatchObject({ kind: 'perfect parallelism', boundMs: 600, gainRatio: 550 / 1150 });
  expect(bounds[1]).toMatchObject({ kind: 'no start-up', boundMs: 1135 });
  expect(bounds.slice(2).map(({ name, boundMs }) => [name, boundMs])).toEqual([
    ['fib', 850],
    ['', 1000],
    ['\u001b[2Jwipe', 1050],
  ]);
});
