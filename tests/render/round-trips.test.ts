/** What is exported says the same to other readers, and to outpace itself when it reads it back. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { beforeAll, describe, expect, test } from 'vitest';
import { speedscope as speedscopeImporter, type Work } from '../../scripts/profile-benchmark/rivals.ts';
import { mergeThreads } from '../../src/profile/function-rows.ts';
import { functionTotals } from '../../src/profile/function-totals.ts';
import type { RecordedThreads } from '../../src/profile/model.ts';
import type { ProfileKind } from '../../src/profile/profile-formats.ts';
import { folded } from '../../src/render/export/folded.ts';
import { pprof } from '../../src/render/export/pprof.ts';
import type { Recording } from '../../src/render/export/recording.ts';
import { speedscope } from '../../src/render/export/speedscope.ts';
import { readRecording } from '../../src/store/recording-file.ts';
import { project } from '../support/outpace.ts';
import { SMALL_PROFILES, SMALL_TRACES } from '../support/small-recordings.ts';

const FIXTURES = [22, 24, 26].flatMap((node) =>
  ['cpu-prof', 'outpace', 'outpace-worker'].map((what) => `node-${node}-${what}.cpuprofile`),
);
const DOCUMENTS: Readonly<Record<string, () => Promise<string>>> = {
  ...Object.fromEntries(
    FIXTURES.map((name) => [name, () => readFile(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')]),
  ),
  ...Object.fromEntries(
    Object.entries({ ...SMALL_PROFILES, ...SMALL_TRACES }).map(([name, text]) => [name, async () => text]),
  ),
};

async function inFile(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(await project({}), name);
  await writeFile(file, content);
  return file;
}

function recordingOf({ threads, measure }: RecordedThreads): Recording {
  const whole = threads.map((thread) => ({
    ...thread,
    window: { startUs: thread.profile.startTimeUs, endUs: thread.profile.endTimeUs },
  }));
  return { name: 'a', threads: whole, ...(measure === undefined ? {} : { measure }) };
}

/** Self times by name and place, of all threads; without what belongs to no function. */
function selfTimes({ threads }: RecordedThreads): [string, number][] {
  const totals = threads.map(({ profile }) => {
    const window = { startUs: profile.startTimeUs, endUs: profile.endTimeUs };
    return functionTotals(profile, window, () => false).functions;
  });
  return mergeThreads(totals)
    .filter(({ frame, selfUs }) => frame.name !== '(root)' && selfUs > 0)
    .map(({ frame: { name, url, line, column }, selfUs }): [string, number] => [
      placed({ name, file: url, line, col: column }),
      // pprof's unit is ns, and a sum of many has its own rounding.
      Number(selfUs.toFixed(1)),
    ])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

interface SpeedscopeFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
}

/** What has no file has no place in it. */
function placed({ name, file = '', line = 0, col = 0 }: SpeedscopeFrame): string {
  return `${name === '(anonymous)' ? '' : name}${file === '' ? '' : ` ${file}:${line}:${col}`}`;
}

/** What of speedscope's model is looked at. */
interface SpeedscopeGroup {
  readonly profiles: readonly {
    forEachFrame(each: (frame: SpeedscopeFrame & { getSelfWeight(): number }) => void): void;
  }[];
}

async function readBack(kind: ProfileKind, content: string | Uint8Array): Promise<RecordedThreads> {
  return readRecording(await inFile('back', content), kind);
}

let importer: Work;
beforeAll(async () => {
  importer = await speedscopeImporter();
});

describe.each(Object.keys(DOCUMENTS))('%s', (name) => {
  let read: RecordedThreads;
  let recording: Recording;
  beforeAll(async () => {
    read = await readRecording(await inFile('a.json', (await DOCUMENTS[name]?.()) ?? ''));
    recording = recordingOf(read);
  });

  test('speedscope’s importer has the same weights', async () => {
    const file = await inFile('a.speedscope.json', speedscope(recording));
    const group = (await importer(file)) as SpeedscopeGroup;
    const sums = new Map<string, number>();
    for (const profile of group.profiles)
      profile.forEachFrame((frame) => {
        const at = placed(frame);
        sums.set(at, (sums.get(at) ?? 0) + frame.getSelfWeight());
      });
    const theirs = [...sums].filter(([, us]) => us > 0).map(([at, us]) => [at, Number(us.toFixed(1))]);
    expect(theirs.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))).toEqual(selfTimes(read));
  });

  test('speedscope, read back', async () => {
    const text = speedscope(recording);
    const back = await readBack('speedscope', text);
    expect(selfTimes(back)).toEqual(selfTimes(read));
    expect(JSON.parse(speedscope({ ...recordingOf(back), name: 'a' }))).toEqual(JSON.parse(text));
  });

  test('pprof, read back', async () => {
    const bytes = pprof(recording);
    const back = await readBack('pprof', gzipSync(bytes));
    expect(selfTimes(back)).toEqual(selfTimes(read));
    expect(back.threads.map((thread) => thread.name).toSorted()).toEqual(
      read.threads
        .filter((_, index) => selfTimes(onlyThread(read, index)).length > 0)
        .map((thread) => thread.name)
        .toSorted(),
    );
    const sumNs = (encoded: Uint8Array) =>
      Profile.decode(encoded).sample.reduce((sum, { value }) => sum + BigInt(value[0] ?? 0), 0n);
    expect(sumNs(pprof(recordingOf(back)))).toBe(sumNs(bytes));
  });

  test('folded stacks, read back', async () => {
    const text = folded(recording);
    expect(folded(recordingOf(await readBack('folded stacks', text)))).toBe(text);
  });
});

function onlyThread({ threads, flaws }: RecordedThreads, index: number): RecordedThreads {
  return { threads: threads.slice(index, index + 1), flaws };
}

const GO = await promisify(execFile)('go', ['version']).then(
  () => true,
  () => false,
);

test.skipIf(!GO).each(FIXTURES)(
  'go tool pprof reads %s with its total',
  { timeout: 120_000 },
  async (name) => {
    const read = await readRecording(await inFile(name, (await DOCUMENTS[name]?.()) ?? ''));
    const file = await inFile('a.pb.gz', gzipSync(pprof(recordingOf(read))));
    const { stdout } = await promisify(execFile)('go', [
      'tool',
      'pprof',
      '-top',
      '-unit=ns',
      '-nodefraction=0',
      file,
    ]);
    const sumUs = selfTimes(read).reduce((sum, [, us]) => sum + us, 0);
    expect(Number(/of (\d+)ns total/.exec(stdout)?.[1])).toBeCloseTo(sumUs * 1000, -2);
  },
);
