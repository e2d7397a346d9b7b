import { expect, test } from 'vitest';
import { profileFromColumns } from '../../../tests/support/profile-from-columns.ts';
import { functionTotals } from '../../profile/function-totals.ts';
import { pageRecording, scriptsOf } from './page-recording.ts';
import { nodeSelfMs } from './self-times.ts';

const names = {
  isHarness: (url: string) => url.endsWith('/outpace.ts'),
  sourceFrame: <Frame>(frame: Frame) => frame,
  fileOf: (url: string) => url.replace('file:///', ''),
  toldAs: ({ name }: { name: string }) => ({ name, row: name === 'parse' ? 3 : -1 }),
};

// Ten samples, 1 ms each, from 0 on.
const profile = profileFromColumns(`
  main   main   main   main   main   main   main   main   (idle) (idle)
  parse  parse  sort   sort   parse  parse  parse  .      .      .
`);

const thread = { name: 'main', profile, cpuMs: 5, waitingMs: null };
const run = { startUs: 1500, endUs: 8250 };

test('only what lies within the run is kept, on the run’s clock', () => {
  const { threads, runMs, frames } = pageRecording([{ ...thread, life: null }], { run, names });
  const [main] = threads;
  expect(runMs).toBe(6.75);
  expect([...(main?.sampleStartMs ?? [])]).toEqual([0, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5]);
  expect(main?.lastSampleEndMs).toBe(6.75);
  expect([...(main?.sampleNodes ?? [])].map((node) => frames[main?.nodeFrames[node] ?? -1]?.name)).toEqual([
    'parse',
    'sort',
    'sort',
    'parse',
    'parse',
    'parse',
    'main',
    '(idle)',
  ]);
  expect(frames.find(({ name }) => name === 'parse')).toMatchObject({
    file: 'job.ts',
    row: 3,
    engine: false,
  });
  expect(frames.find(({ name }) => name === '(idle)')).toMatchObject({ row: -1, engine: true });
});

test('a thread’s life cuts its samples, as it does in the report', () => {
  const life = { startMs: 1, endMs: 4 };
  const { threads } = pageRecording([{ ...thread, life }], { run, names });
  const [main] = threads;
  expect(main).toMatchObject({ startMs: 1, endMs: 4, lastSampleEndMs: 4 });
  expect([...(main?.sampleStartMs ?? [])]).toEqual([1, 1.5, 2.5, 3.5]);
});

test('self times are those of the report’s own analysis', () => {
  const recording = pageRecording([{ ...thread, life: null }], { run, names });
  const expected = functionTotals(profile, run, names.isHarness).functions;
  const [main] = recording.threads;
  if (main === undefined) throw new Error('a thread is lost');
  const self = nodeSelfMs(main, null);
  for (const { frame, selfUs } of expected) {
    const of = self.reduce(
      (sum, ms, node) => sum + (recording.frames[main.nodeFrames[node] ?? -1]?.name === frame.name ? ms : 0),
      0,
    );
    expect({ name: frame.name, ms: of }).toEqual({ name: frame.name, ms: selfUs / 1000 });
  }
});

test('a window clips the samples at both its ends', () => {
  const { threads } = pageRecording([{ ...thread, life: null }], { run, names });
  const [main] = threads;
  if (main === undefined) throw new Error('a thread is lost');
  const within = (startMs: number, endMs: number) =>
    nodeSelfMs(main, { startMs, endMs }).reduce((sum, ms) => sum + ms, 0);
  expect(within(0, 100)).toBe(6.75);
  expect(within(0.25, 0.75)).toBe(0.5);
  expect(within(6.7, 100)).toBeCloseTo(0.05, 9);
  expect(within(7, 100)).toBe(0);
});

test('the scripts that were seen are named once', () => {
  expect(scriptsOf([profile, profile])).toEqual(['', 'file:///job.ts']);
});
