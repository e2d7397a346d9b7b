/** Profiles in other tools' formats, as the command line takes them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { beforeAll, describe, expect, test } from 'vitest';
import { outpaceHere as outpace } from '../support/in-process.ts';
import { project } from '../support/outpace.ts';

const heapNode = (functionName: string, selfSize: number, children: readonly object[] = []) => ({
  callFrame: {
    functionName,
    url: functionName === '(root)' ? '' : 'file:///p/a.js',
    lineNumber: 3,
    columnNumber: 0,
  },
  ...{ selfSize, children },
});
const heap = (madeBytes: number) =>
  JSON.stringify({ head: heapNode('(root)', 0, [heapNode('make', madeBytes, [heapNode('part', 512)])]) });

let root = '';
beforeAll(async () => {
  root = await project({
    'a.folded': 'main;run;fib 5\nmain;run 2\nmain;wait for it 3\n',
    'b.folded': 'main;run;fib 2\nmain;run 2\nmain;wait for it 3\n',
    'a.heapprofile': heap(2048),
    'b.heapprofile': heap(1024),
    'odd.folded': 'a 1\nwords\nb 2\n',
  });
});

describe('compare', () => {
  test('folded stacks: what was counted, and no gain, no duration, no threads', async () => {
    const { stdout, exitCode } = await outpace(root, ['compare', './a.folded', './b.folded']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Total 10 samples before, 7 samples after \(-3 samples, -30\.0 %\)$/m);
    expect(stdout).toMatch(/^Efficiency gain: not available/m);
    expect(stdout).toMatch(/^ {2}threads +not available +not available$/m);
    expect(stdout).toMatch(/^ {2}fib +-3 samples/m);
    expect(stdout).toMatch(/^Timeline: not available/m);
    const table = stdout.slice(0, stdout.indexOf('Warning:')).split('\n');
    expect(table.filter((line) => line.length > 80)).toEqual([]);
  });

  test('heap profiles: bytes, in JSON too', async () => {
    const { stdout } = await outpace(root, ['compare', './a.heapprofile', './b.heapprofile', '--json']);
    const comparison = JSON.parse(stdout);
    expect(comparison).toMatchObject({
      measure: { unit: 'bytes', isOrdered: false, hasThreads: false },
      gainRatio: null,
      verdict: { kind: 'inconclusive' },
      timelines: null,
      before: { wallMs: null, threads: null },
      sampled: { beforeBytes: 2560, afterBytes: 1536, deltaBytes: -1024 },
    });
    expect(comparison.functions[0]).toMatchObject({ name: 'make', selfDeltaBytes: { point: -1024 } });
    expect(stdout).not.toMatch(/"(self|total|sampled)\w*Ms"/);
    const markdown = await outpace(root, [
      'compare',
      './a.heapprofile',
      './b.heapprofile',
      '--format',
      'markdown',
    ]);
    expect(markdown.stdout).toMatch(/^\*\*Total 2\.5 KiB before, 1\.5 KiB after/);
    expect(markdown.stdout).toMatch(/^\| make \(a\.js:4\) \| -1\.0 KiB \|/m);
  });

  test('several files a side', async () => {
    const sides = ['--before', 'a.folded', 'b.folded', '--after', 'odd.folded'];
    const { stdout, exitCode } = await outpace(root, ['compare', ...sides, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      gainRatio: null,
      recordings: { before: [{ wallMs: null }, {}] },
    });
    expect((await outpace(root, ['compare', ...sides])).stdout).toMatch(
      /^ {2}length \(median\) +not available/m,
    );
  });

  test.each([
    { args: ['./a.folded', './a.heapprofile'] },
    { args: ['--before', 'a.folded', 'b.folded', '--after', 'a.heapprofile'] },
  ])('two units are no comparison: $args', async ({ args }) => {
    const { stderr, exitCode } = await outpace(root, ['compare', ...args]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/a\.folded counts samples and \S*a\.heapprofile counts bytes/);
  });
});

describe('export', () => {
  test.each([
    { format: 'text', has: /^ +0 B +2\.5 KiB {2}<root>$/m },
    { format: 'markdown', has: /^\| make \(a\.js:4\) \| 2\.0 KiB \| 2\.5 KiB \|$/m },
    {
      format: 'json',
      has: /"kind":"sampled".*"sampledBytes":2560.*"name":"make","file":"a\.js","line":4.*"selfBytes":2048/,
    },
    { format: 'folded', has: /^make \(\/p\/a\.js:4\);part \(\/p\/a\.js:4\) 512$/m },
    { format: 'speedscope', has: /"unit":"bytes".*"endValue":2560/ },
  ])('a heap profile as $format', async ({ format, has }) => {
    const { stdout, stderr, exitCode } = await outpace(root, [
      'export',
      './a.heapprofile',
      '--format',
      format,
    ]);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(has);
  });

  test('a heap profile as pprof, and that again', async () => {
    await outpace(root, ['export', './a.heapprofile', '--format', 'pprof', '--output', 'a.pb.gz']);
    const text = await outpace(root, ['export', './a.pb.gz', '--format', 'folded']);
    expect(text.stdout).toBe(
      (await outpace(root, ['export', './a.heapprofile', '--format', 'folded'])).stdout,
    );
    await outpace(root, ['export', './a.pb.gz', '--format', 'pprof', '--output', 'b.pb.gz']);
    const { sampleType, stringTable } = Profile.decode(gunzipSync(await readFile(join(root, 'b.pb.gz'))));
    expect(sampleType.map(({ unit }) => stringTable.strings[Number(unit)])).toEqual(['bytes']);
  });

  test('what had to be left out is reported', async () => {
    const { stdout, stderr } = await outpace(root, ['export', './odd.folded', '--format', 'folded']);
    expect(stdout).toBe('a 1\nb 2');
    expect(stderr).toMatch(
      /^Warning: \S*odd\.folded: skipped 1 line without a stack and a count; the first is line 2/,
    );
  });

  test('a file in which nothing was counted', async () => {
    await writeFile(join(root, 'none.folded'), 'a 0\n');
    const { stderr, exitCode } = await outpace(root, ['export', './none.folded', '--format', 'text']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('nothing was recorded in');
  });
});

test('report: a page of what has no time', async () => {
  const { stdout, stderr, exitCode } = await outpace(root, ['report', './a.folded', './b.folded']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('Warning: aggregated profiles have no duration');
  expect(stdout).toMatch(/_report\.html$/m);
});
