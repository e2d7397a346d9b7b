/** What outpace writes as a trace it reads again, thread by thread. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCpuProfile } from '../../src/profile/parse-cpu-profile.ts';
import { RecordingReader } from '../../src/profile/recording-reader.ts';
import { chromeTrace } from '../../src/render/trace.ts';
import { totalsOf } from '../support/totals-of.ts';

const raw = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.cpuprofile`, import.meta.url), 'utf8'));

test.each([22, 24, 26])('the main thread and the worker of Node %i', (major) => {
  const threads = ['outpace', 'outpace-worker'].map((name) => ({
    name,
    profile: raw(`node-${major}-${name}`),
  }));
  const reader = new RecordingReader('a trace');
  reader.write(Buffer.from(chromeTrace(threads, { startUs: 0, endUs: 1 })));
  const again = reader.end().threads;
  expect(again.map(({ name }) => name)).toEqual(threads.map(({ name }) => name));
  expect(again.map(({ profile }) => totalsOf(profile))).toEqual(
    threads.map(({ name, profile }) => totalsOf(parseCpuProfile(profile, name))),
  );
});
