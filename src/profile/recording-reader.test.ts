import { describe, expect, test } from 'vitest';
import { referenceProfile } from '../../tests/support/reference-profile.ts';
import { SMALL_PROFILES, SMALL_TRACES } from '../../tests/support/small-recordings.ts';
import { totalsOf } from '../../tests/support/totals-of.ts';
import { OutpaceError } from '../base/errors.ts';
import type { CpuProfile, RecordedThread } from './model.ts';
import { type ReaderOptions, RecordingReader } from './recording-reader.ts';

function read(
  text: string | Uint8Array,
  pieceBytes = Number.POSITIVE_INFINITY,
  options?: ReaderOptions,
): readonly RecordedThread[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const reader = new RecordingReader('p.cpuprofile', options);
  for (let from = 0; from < bytes.length; from += pieceBytes)
    reader.write(bytes.subarray(from, Math.min(bytes.length, from + pieceBytes)));
  return reader.end().threads;
}

/** Whether what is missing of a list of events is whole events and the closing bracket. */
function endsBetweenEvents(cut: string): boolean {
  try {
    return JSON.parse(`${cut.trimEnd().replace(/,$/, '')}]`).length > 0;
  } catch {
    return false;
  }
}

function readOne(text: string, pieceBytes?: number): CpuProfile {
  const [thread] = read(text, pieceBytes);
  if (thread === undefined) throw new Error('no thread');
  return thread.profile;
}

const ROOT = { id: 1, callFrame: { functionName: 'f' } };
const profile = (known: object, node: object = {}) =>
  JSON.stringify({
    nodes: [{ ...ROOT, ...node }],
    samples: [1, 1],
    timeDeltas: [5, 10],
    startTime: 100,
    endTime: 150,
    ...known,
  });

describe.each(Object.entries(SMALL_PROFILES))('a profile %s', (_, text) => {
  test('has the totals of the plain way, whatever the pieces it comes in', () => {
    const plain = totalsOf(referenceProfile(JSON.parse(text), 'plain'));
    for (const pieceBytes of [1, 2, 3, 17, 64, Number.POSITIVE_INFINITY])
      expect(totalsOf(readOne(text, pieceBytes))).toEqual(plain);
  });

  test('is read to the same without WebAssembly', () =>
    expect(read(text, 64, { kernel: null })).toEqual(read(text, 64)));

  test('cut off at any byte is refused there', () => {
    for (let length = 1; length < text.length; length += 1) {
      const cut = Buffer.from(text).subarray(0, length);
      expect(() => read(cut)).toThrow(OutpaceError);
      expect(() => read(cut)).toThrow(/at byte [\d,]+: expected .+, found the end of the file$/);
    }
  });
});

test.each([
  {
    what: 'where a value should stand',
    text: '{"nodes":[{"id":x',
    at: 16,
    says: 'expected a number, found "x"',
  },
  { what: 'text for a number', text: '{"nodes":[{"id":"1"', at: 16, says: 'expected a number, found "\\""' },
  {
    what: 'a number for a text',
    text: '{"nodes":[{"callFrame":{"functionName":5',
    at: 39,
    says: 'a text, found "5"',
  },
  {
    what: 'an object for a list',
    text: '{"samples":{',
    at: 11,
    says: 'expected a list of numbers, found "{"',
  },
  {
    what: 'a node without an id',
    text: '{"nodes":[{}',
    at: 11,
    says: 'expected the id of the node, found "}"',
  },
  {
    what: 'a node without a function',
    text: '{"nodes":[{"id":1}',
    at: 17,
    says: 'callFrame.functionName of the node',
  },
  { what: 'no key', text: '{nodes', at: 1, says: 'expected a key or "}", found "n"' },
  { what: 'no colon', text: '{"a" 1', at: 5, says: 'expected ":", found "1"' },
  { what: 'no comma', text: '{"a":[1 2', at: 8, says: 'expected "," or "]", found "2"' },
  { what: 'a comma too many', text: '{"samples":[1,]', at: 14, says: 'expected a number, found "]"' },
  { what: 'a zero too many', text: '{"samples":[01,', at: 13, says: 'expected a digit, found "1"' },
  { what: 'half a number', text: '{"samples":[-,', at: 13, says: 'expected a digit, found ","' },
  { what: 'no digit behind a point', text: '{"samples":[1.,', at: 14, says: 'expected a digit, found ","' },
  { what: 'half a word', text: '{"a":trux', at: 5, says: 'expected a value, found "t"' },
  { what: 'a line feed in a text', text: '{"a\n"', at: 3, says: 'expected a text, found byte 0x0a' },
  { what: 'an escape that is none', text: '{"a\\x"', at: 4, says: 'expected a text, found "x"' },
  { what: 'more behind the end', text: '{} {', at: 3, says: 'expected the end of the file, found "{"' },
  { what: 'no object', text: '"nodes"', at: 0, says: 'expected an object or a list, found "\\""' },
  { what: 'half a byte order mark', text: Buffer.from([0xef, 0xbb, 0x7b]), at: 0, says: 'found byte 0xef' },
  { what: 'far behind', text: `${' '.repeat(300_000)}?`, at: 300_000, says: 'found "?"' },
])('$what: the byte, what was expected, what was found', ({ text, at, says }) => {
  for (const pieceBytes of [1, 1000, Number.POSITIVE_INFINITY]) {
    const shown = at.toLocaleString('en');
    expect(() => read(text, pieceBytes)).toThrow(`p.cpuprofile is not a usable profile: at byte ${shown}: `);
    expect(() => read(text, pieceBytes)).toThrow(says);
  }
});

test.each([
  { says: 'it is empty', text: '' },
  { says: 'it has no nodes', text: '{}' },
  { says: 'it has no nodes', text: profile({ nodes: [] }) },
  { says: 'the id of the node', text: '{"head":{"functionName":"(root)","children":[]}}' },
  {
    says: 'no samples: the hitCount of a node',
    text: profile({ samples: undefined, timeDeltas: undefined }),
  },
  { says: 'neither timeDeltas nor timestamps', text: profile({ timeDeltas: undefined }) },
  { says: '2 samples but 1 timeDeltas', text: profile({ timeDeltas: [1] }) },
  { says: 'startTime and endTime are not both numbers', text: profile({ endTime: undefined }) },
  { says: 'endTime 1 lies before startTime 100', text: profile({ endTime: 1 }) },
  { says: 'sum to no number', text: profile({}).replace('[5,10]', '[1e308,1e308]') },
  { says: 'node 1 has the parent 7, which does not exist', text: profile({}, { parent: 7 }) },
  { says: '1 nodes form a cycle', text: profile({ nodes: [ROOT, { ...ROOT, id: 2, parent: 2 }] }) },
])('refused: $says', ({ text, says }) => expect(() => read(text)).toThrow(says));

test('times instead of differences, as old writers give them', () => {
  const { sampleTimesUs } = readOne(profile({ timeDeltas: undefined, timestamps: [105, 117.5] }));
  expect([...sampleTimesUs]).toEqual([105, 117.5]);
});

test('of a key that comes twice the last counts', () => {
  const twice = profile({}).replace(
    '{',
    '{"samples":[7,7,7],"nodes":[{"id":7,"callFrame":{"functionName":"g"}}],',
  );
  expect(totalsOf(readOne(twice))).toEqual(totalsOf(referenceProfile(JSON.parse(twice), 'plain')));
});

test('numbers of every form are what JSON.parse makes of them', () => {
  const written = [
    '0',
    '-0',
    '7',
    '1234567',
    '12345678',
    '123456789012345',
    '0.1',
    '-2.5e1',
    '1E+3',
    '1e-7',
    '4.35',
  ];
  const text = profile({ samples: written.map(() => 1) }).replace('[5,10]', `[${written.join(',')}]`);
  const { sampleTimesUs } = referenceProfile(JSON.parse(text), 'plain');
  for (const pieceBytes of [1, Number.POSITIVE_INFINITY])
    expect([...readOne(text, pieceBytes).sampleTimesUs]).toEqual([...sampleTimesUs]);
});

test('a stack a hundred thousand deep, and a list nested a million deep that nobody wants', () => {
  const depth = 100_000;
  const nodes = Array.from({ length: depth }, (_, index) => ({
    id: index + 1,
    callFrame: { functionName: `f${index % 7}` },
    ...(index > 0 ? { parent: index } : {}),
  }));
  const nested = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
  const text = profile({ nodes, samples: [depth, depth] }).replace('{', `{"extra":${nested},`);
  const { rows } = totalsOf(readOne(text));
  expect(rows).toHaveLength(8);
  expect(rows.filter((row) => row.endsWith(',45,true]'))).toHaveLength(7);
});

describe.each(Object.entries(SMALL_TRACES))('%s', (_, text) => {
  test('is read to the same without WebAssembly', () =>
    expect(read(text, 64, { kernel: null })).toEqual(read(text, 64)));

  test('gives its threads by the names of the trace, each with its own totals', () => {
    for (const pieceBytes of [1, 50, Number.POSITIVE_INFINITY]) {
      const threads = read(text, pieceBytes);
      expect(threads.map(({ name }) => name)).toEqual(['Renderer', 'thread']);
      const [renderer, other] = threads.map(({ profile: { startTimeUs, endTimeUs } }) => [
        startTimeUs,
        endTimeUs,
      ]);
      expect({ renderer, other }).toEqual({ renderer: [1000, 60_000], other: [2000, 90_000] });
      const plain = totalsOf(referenceProfile(JSON.parse(SMALL_PROFILES.plain ?? ''), 'plain'));
      expect(threads.slice(0, 1).map((thread) => totalsOf(thread.profile))).toEqual([plain]);
    }
  });

  test('cut off within an event is refused there', () => {
    const isList = text.trimStart().startsWith('[');
    for (let length = 1; length < text.length; length += 1) {
      const cut = text.slice(0, length);
      // A list of events may end after any of them.
      if (isList && endsBetweenEvents(cut)) continue;
      expect(() => read(cut)).toThrow(/found the end of the file$/);
    }
  });
});

test('parts of a trace that come out of turn are put in turn', () => {
  const text = SMALL_TRACES['a list of events'] ?? '';
  const events: object[] = JSON.parse(text);
  const turned = JSON.stringify(events.toReversed());
  const byName = (threads: readonly RecordedThread[]) =>
    Object.fromEntries(threads.map(({ name, profile: each }) => [name, totalsOf(each)]));
  expect(byName(read(turned))).toEqual(byName(read(text)));
});

test('a trace without a profile says what would write one', () =>
  expect(() => read('[{"name":"x","ph":"X","args":{}}]')).toThrow('disabled-by-default-v8.cpu_profiler'));

test("several documents at a time do not get in one another's way", () => {
  const texts = Object.values(SMALL_PROFILES);
  const readers = texts.map(() => new RecordingReader('p.cpuprofile'));
  const longest = Math.max(...texts.map(({ length }) => length));
  for (let at = 0; at < longest; at += 50)
    for (const [index, reader] of readers.entries())
      reader.write(Buffer.from(texts[index] ?? '', 'latin1').subarray(at, at + 50));
  for (const [index, reader] of readers.entries())
    expect(reader.end().threads).toEqual(read(Buffer.from(texts[index] ?? '', 'latin1')));
});

test('what was refused, or read to its end, is read no further', () => {
  const refused = new RecordingReader('p.cpuprofile');
  expect(() => refused.write(Buffer.from('{x'))).toThrow('at byte 1: ');
  const whole = new RecordingReader('p.cpuprofile');
  whole.write(Buffer.from(profile({})));
  whole.end();
  for (const reader of [refused, whole]) {
    expect(() => reader.write(Buffer.from(' '))).toThrow(RangeError);
    expect(() => reader.end()).toThrow(RangeError);
  }
});

test('a name longer than all that was set aside for it', () => {
  const name = 'long '.repeat(300_000);
  const text = profile({}, { callFrame: { functionName: name, url: 'é}' } });
  for (const options of [{}, { kernel: null }]) {
    const [thread] = read(text, 100_000, options);
    expect(thread?.profile.frames).toEqual([{ name, url: 'é}', line: 0, column: 0 }]);
  }
});
