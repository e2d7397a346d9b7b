import { expect, test } from 'vitest';
import { drawnRecording } from '../../../../../tests/support/drawn-recording.ts';
import type { ThreadAccount } from '../../../../compare/timeline.ts';
import { frameAt, laneTitle, momentText, waitedText } from './facts.ts';
import { laneMaker } from './lanes.ts';

const ACCOUNT: ThreadAccount = {
  name: 'worker 1\u202e',
  startMs: 1000,
  endMs: 3000,
  startUpMs: null,
  cpuMs: 500,
  waitingMs: 1400,
  waitedFor: [
    { name: 'main', share: 0.75 },
    { name: 'worker 2', share: 0.25 },
  ],
  idleAtEndMs: 0,
  story: null,
};

test('what a thread did in a line; nothing in its name turns the line around', () => {
  expect(laneTitle(ACCOUNT)).toBe('worker 1\\u202e: on a CPU 25 % of 2.000 s, waited 70 %');
  expect(laneTitle({ ...ACCOUNT, cpuMs: null, waitingMs: null })).toBe('worker 1\\u202e: CPU time not known');
  expect(waitedText(ACCOUNT)).toBe('main 75 %, worker 2 25 %');
  expect(waitedText({ ...ACCOUNT, waitedFor: [] })).toBe('–');
});

const recording = drawnRecording('main (idle) main\nf . g');
const { frames, runMs } = recording;
const [thread = null] = recording.threads;

test.each([
  { atMs: -0.5, name: undefined },
  { atMs: 0, name: 'f' },
  { atMs: 1.5, name: '(idle)' },
  { atMs: 2.9, name: 'g' },
  { atMs: 3, name: undefined },
])('at $atMs ms $name was sampled', ({ atMs, name }) => {
  if (thread === null) throw new Error('nothing was drawn');
  expect(frameAt(thread, frames, atMs)?.name).toBe(name);
});

test.each([
  { atMs: 0.5, text: 'main at 500.00 µs: at work 100 %; in f (file:///job.ts:1)' },
  { atMs: 1.5, text: 'main at 1.50 ms: idle, waiting for events 100 %' },
  { atMs: 3.5, text: 'main at 3.50 ms: not running' },
])('at $atMs ms: $text', ({ atMs, text }) => {
  const account = { ...ACCOUNT, name: 'main' };
  const lane = laneMaker({ account, thread, frames, runMs })({ startMs: 0, endMs: 4, count: 4 });
  expect(momentText({ lane, spanMs: 4, atMs }, { thread, frames })).toBe(text);
});
