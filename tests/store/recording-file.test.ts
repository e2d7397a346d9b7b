import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import type { CpuProfile } from '../../src/profile/model.ts';
import { readRecording } from '../../src/store/recording-file.ts';
import { readStored } from '../../src/store/reports.ts';
import { project, TEST_NODE } from '../support/outpace.ts';
import { referenceProfile } from '../support/reference-profile.ts';
import { SMALL_PROFILES, SMALL_TRACES } from '../support/small-recordings.ts';
import { totalsOf } from '../support/totals-of.ts';

const FIXTURE = new URL('../fixtures/node-24-cpu-prof.cpuprofile', import.meta.url);

async function inFile(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(await project({}), name);
  await writeFile(file, content);
  return file;
}

async function onlyProfile(file: string): Promise<CpuProfile> {
  const [thread] = (await readRecording(file)).threads;
  if (thread === undefined) throw new Error('no thread');
  return thread.profile;
}

describe('a packed file is known by its first bytes, whatever its name', () => {
  test.each([
    { name: 'a.cpuprofile', pack: (bytes: Buffer): Uint8Array => bytes },
    { name: 'a.cpuprofile.gz', pack: gzipSync },
    { name: 'gzip.cpuprofile', pack: gzipSync },
    { name: 'a.cpuprofile.zst', pack: zstdCompressSync },
    { name: 'zstd.json', pack: zstdCompressSync },
  ])('$name', async ({ name, pack }) => {
    const bytes = await readFile(FIXTURE);
    const stored = await readStored(await inFile(name, pack(bytes)));
    if (stored.kind !== 'profile') throw new Error('it was taken for a report');
    expect(stored.threads.map(({ profile }) => totalsOf(profile))).toEqual([
      totalsOf(referenceProfile(JSON.parse(bytes.toString()), name)),
    ]);
  });

  test.each([
    { what: 'gzip', pack: gzipSync },
    { what: 'zstd', pack: zstdCompressSync },
  ])('$what in several pieces, each packed by itself', async ({ what, pack }) => {
    const bytes = await readFile(FIXTURE);
    const thirds = [0, 1, 2].map((third) =>
      pack(bytes.subarray((third * bytes.length) / 3, ((third + 1) * bytes.length) / 3)),
    );
    // Three bytes of somebody else's between two frames, which zstd allows.
    const skippable = what === 'zstd' ? Buffer.from('532a4d1803000000616263', 'hex') : Buffer.alloc(0);
    const packed = Buffer.concat([...thirds.slice(0, 2), skippable, ...thirds.slice(2)]);
    expect(totalsOf(await onlyProfile(await inFile('pieces.cpuprofile', packed)))).toEqual(
      totalsOf(referenceProfile(JSON.parse(bytes.toString()), 'plain')),
    );
  });

  test.each([
    { what: 'gzip', pack: gzipSync },
    { what: 'zstd', pack: zstdCompressSync },
  ])('$what that was cut off is said, with the file', async ({ what, pack }) => {
    const packed = pack(await readFile(FIXTURE));
    const file = await inFile('cut.cpuprofile', packed.subarray(0, packed.length / 2));
    const error = expect(readRecording(file)).rejects;
    await error.toMatchObject({ code: 'MALFORMED_PROFILE', message: expect.stringContaining(file) });
    await expect(readRecording(file)).rejects.toThrow(new RegExp(`unpacked.*${what}|unpacked`));
  });

  test('an offset in it is one of what it unpacks to, and says so', async () => {
    const file = await inFile('a.cpuprofile.gz', gzipSync('{"nodes":[x'));
    await expect(readRecording(file)).rejects.toThrow('(unpacked) is not a usable profile: at byte 10: ');
  });
});

describe('what a .json is, it says in its first keys', () => {
  test.each([...Object.entries(SMALL_PROFILES), ...Object.entries(SMALL_TRACES)])('%s', async (_, text) => {
    expect(await readStored(await inFile('a.json', text))).toMatchObject({ kind: 'profile' });
  });
});

const SAMPLES = 300_000;

describe('a file of several pieces', () => {
  const random = seededRandom(5);
  const frame = (name: string) => ({
    functionName: name,
    url: 'file:///a.js',
    lineNumber: 1,
    columnNumber: 1,
  });
  const nodes = Array.from({ length: 500 }, (_, index) => ({
    id: index + 1,
    callFrame: frame(`f${index % 50}`),
    ...(index === 0 ? {} : { parent: 1 + Math.floor(random() * index) }),
  }));
  const samples = Array.from({ length: SAMPLES }, () => 1 + Math.floor(random() * 500));
  const timeDeltas = Array.from({ length: SAMPLES }, () => Math.floor(random() * 99_000) - 20);
  const raw = { nodes, startTime: 7, endTime: 2e11, samples, timeDeltas };
  const { startTime, endTime } = raw;
  const deltas = timeDeltas.map((delta, index) => (index % 1000 === 0 ? delta + 0.25 : delta));

  test.each([
    { way: 'as V8 writes it', raw },
    { way: 'its lists first', raw: { timeDeltas, samples, nodes, startTime, endTime } },
    { way: 'with a list of that name elsewhere first', raw: { extra: { samples: [[1, 2]] }, ...raw } },
    { way: 'with times that are no whole numbers', raw: { ...raw, timeDeltas: deltas } },
  ])('$way', async ({ raw: written }) => {
    const text = JSON.stringify(written);
    const profile = await onlyProfile(await inFile('large.cpuprofile', text));
    expect(totalsOf(profile)).toEqual(totalsOf(referenceProfile(written, 'plain')));
  });

  test.each([
    { what: 'samples', wrong: '"samples":[1,"x",' },
    { what: 'timeDeltas', wrong: '"timeDeltas":[1,"x",' },
  ])('what is wrong in its $what is said with its place', async ({ what, wrong }) => {
    const text = JSON.stringify(raw).replace(`"${what}":[`, wrong);
    const at = (text.indexOf(wrong) + wrong.length - 4).toLocaleString('en');
    await expect(onlyProfile(await inFile('large.cpuprofile', text))).rejects.toThrow(
      `at byte ${at}: expected a number, found "\\""`,
    );
  });

  test('cut off, it is refused at its end', async () => {
    const text = JSON.stringify(raw).slice(0, -1000);
    await expect(onlyProfile(await inFile('large.cpuprofile', text))).rejects.toThrow('the end of the file');
  });
});

test('a document longer than any string can be', async () => {
  const text = SMALL_PROFILES.plain ?? '';
  const blanks = gzipSync(Buffer.alloc(1 << 24, ' '), { level: 1 });
  const members = [
    gzipSync('{"pad":"'),
    ...new Array(12).fill(gzipSync(Buffer.alloc(1 << 24, 'x'), { level: 1 })),
  ];
  const rest = [gzipSync('",'), ...new Array(24).fill(blanks), gzipSync(text.slice(1))];
  const file = await inFile('long.cpuprofile.gz', Buffer.concat([...members, ...rest]));
  expect(totalsOf(await onlyProfile(file))).toEqual(totalsOf(referenceProfile(JSON.parse(text), 'plain')));
});

test('memory stays within 12 bytes a sample and 180 a node, and 100 MB', async () => {
  const samples = 6_000_000;
  const ids = Array.from({ length: 10_000 }, (_, index) => 1 + (index % 3)).join(',');
  const deltas = Array.from({ length: 10_000 }, (_, index) => 200 + (index % 900)).join(',');
  const list = (part: string) => new Array(samples / 10_000).fill(part).join(',');
  const nodes = [1, 2, 3].map((id) => ({
    id,
    callFrame: { functionName: `f${id}` },
    ...(id > 1 ? { parent: 1 } : {}),
  }));
  const file = await inFile(
    'many.cpuprofile',
    `{"nodes":${JSON.stringify(nodes)},"startTime":0,"endTime":9e12,"samples":[${list(ids)}],"timeDeltas":[${list(deltas)}]}`,
  );
  const script = `
    const { readRecording } = await import(${JSON.stringify(new URL('../../src/store/recording-file.ts', import.meta.url).href)});
    const { functionTotals } = await import(${JSON.stringify(new URL('../../src/profile/function-totals.ts', import.meta.url).href)});
    const { threads: [{ profile }] } = await readRecording(process.argv[1]);
    const { functions } = functionTotals(profile, { startUs: 0, endUs: 9e12 }, () => false);
    console.log(JSON.stringify({ samples: profile.sampleNodes.length, functions: functions.length, peakKib: process.resourceUsage().maxRSS }));`;
  const run = () =>
    promisify(execFile)(TEST_NODE, ['--input-type=module', '--eval', script, file], {
      env: { ...process.env, NODE_COMPILE_CACHE: join(file, '../cache') },
    });
  // The first run fills the cache of compiled code, as that of outpace is filled.
  await run();
  const { stdout } = await run();
  const seen = JSON.parse(stdout);
  expect(seen).toMatchObject({ samples, functions: 3 });
  expect(seen.peakKib * 1024).toBeLessThan(1.5 * (8 * samples + 120 * nodes.length) + 100e6);
});

describe('a file that holds something else is refused by the name of that', () => {
  const nested = { traceEvents: [], samples: [{ cpu: '-1', sf: 1 }], stackFrames: { 1: { name: 'f' } } };
  const call = { name: 'f', ph: 'B', ts: 1, pid: 0, tid: '1', args: { url: 'x', allocatedCategory: 'J' } };
  test.each([
    { what: 'text in UTF-16', content: Buffer.from('\ufeff{"nodes":[]}', 'utf16le'), says: 'UTF-16' },
    { what: 'such without its mark', content: Buffer.from('[{"a":1}]', 'utf16le'), says: 'UTF-16' },
    {
      what: 'a heap snapshot',
      content: '{"snapshot":{"meta":{"node_fields":[]}},"nodes":[1]}',
      says: 'heap snapshot',
    },
    { what: "Hermes's samples", content: JSON.stringify(nested), says: 'Hermes' },
    { what: "React Native's trace of them", content: JSON.stringify([call]), says: 'React Native' },
  ])('$what', async ({ content, says }) => {
    const file = await inFile('other.json', content);
    const error = expect(readStored(file)).rejects;
    await error.toMatchObject({ code: 'MALFORMED_PROFILE', message: expect.stringContaining(file) });
    await expect(readStored(file)).rejects.toThrow(says);
  });
});
