import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { Profile } from 'pprof-format';
import { describe, expect, test } from 'vitest';
import { compareProfiles } from '../../src/compare/comparison.ts';
import type { CpuProfile, Frame } from '../../src/profile/model.ts';
import { folded, foldedDifference } from '../../src/render/export/folded.ts';
import { comparisonMarkdown, profileMarkdown } from '../../src/render/export/markdown.ts';
import { escapeMarkdown } from '../../src/render/export/markdown-parts.ts';
import { pprof } from '../../src/render/export/pprof.ts';
import type { Recording } from '../../src/render/export/recording.ts';
import { speedscope } from '../../src/render/export/speedscope.ts';
import { samplePair, sampleReport } from '../support/sample-report.ts';

const frame = (name: string, url = 'file:///p/a.js', line = 3): Frame => ({ name, url, line, column: 1 });

/** root → run → (fib → fib, hostile), sampled every 10 µs from 100 on: run, fib, fib in fib, hostile. */
const profile: CpuProfile = {
  frames: [frame('(root)', '', 0), frame('run'), frame('fib'), frame('a;b\nc d', '', 0)],
  nodes: { parents: Int32Array.from([-1, 0, 1, 2, 1]), frames: Int32Array.from([0, 1, 2, 2, 3]) },
  startTimeUs: 90,
  endTimeUs: 150,
  sampleNodes: Int32Array.from([1, 2, 3, 4]),
  sampleTimesUs: Float64Array.from([100, 110, 120, 130]),
};
// The last sample stands for 20 µs, of which the window leaves 15.
const recording: Recording = {
  name: 'job new',
  threads: [
    { name: 'main', profile, window: { startUs: 100, endUs: 145 } },
    { name: 'worker-1', profile, window: { startUs: 100, endUs: 120 } },
  ],
};

describe('folded stacks', () => {
  test('a line a stack, with what was spent at its tip', () =>
    expect(folded(recording).split('\n')).toEqual([
      'main;run (/p/a.js:3) 10',
      'main;run (/p/a.js:3);fib (/p/a.js:3) 10',
      'main;run (/p/a.js:3);fib (/p/a.js:3);fib (/p/a.js:3) 10',
      'main;run (/p/a.js:3);a:b c d 15',
      'worker-1;run (/p/a.js:3) 10',
      'worker-1;run (/p/a.js:3);fib (/p/a.js:3) 10',
      '',
    ]));

  test('a name that would turn a line around, move a cursor or hide is shown by its escapes', () => {
    const names = ['\u202egnp.exe\u202c', '\u001b[2J', '\u2066a\u200b', '\u009b'];
    const frames = names.map((name) => frame(name, '', 0));
    const threads = names.map((name, index) => ({
      name,
      profile: {
        ...profile,
        frames: [...profile.frames.slice(0, 3), ...frames.slice(index, index + 1), ...frames],
      },
      window: { startUs: 100, endUs: 145 },
    }));
    const text = folded({ name: 'evil', threads });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('\\u202egnp.exe\\u202c;run (/p/a.js:3);\\u202egnp.exe\\u202c 15\n');
  });

  test('a difference has both sides of every stack', () => {
    const [, ...without] = recording.threads;
    const lines = foldedDifference(recording, { ...recording, threads: without }).split('\n');
    expect(lines[0]).toBe('main;run (/p/a.js:3) 10 0');
    expect(lines).toContain('worker-1;run (/p/a.js:3) 10 10');
  });
});

test('speedscope’s own schema takes its file, and the weights are the times', () => {
  const file = createRequire(import.meta.url).resolve('speedscope/dist/release/file-format-schema.json');
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')));
  const made = JSON.parse(speedscope(recording));
  expect({ valid: validate(made), errors: validate.errors }).toEqual({ valid: true, errors: null });
  const [main] = made.profiles;
  const names = main.samples.map((stack: number[]) => stack.map((index) => made.shared.frames[index].name));
  expect(names).toEqual([['run'], ['run', 'fib'], ['run', 'fib', 'fib'], ['run', 'a;b\nc d']]);
  expect(main.weights).toEqual([10, 10, 10, 15]);
  expect(main.endValue).toBe(45);
  // A recursive function is one frame.
  expect(made.shared.frames).toHaveLength(3);
});

describe('speedscope', () => {
  const made = (threads: Recording['threads']) => {
    const { shared, profiles } = JSON.parse(speedscope({ name: 'job', threads }));
    return profiles.map(
      ({ samples, weights, endValue }: { samples: number[][]; weights: number[]; endValue: number }) => ({
        endValue,
        bars: samples.map((stack, index) => [
          stack.map((at) => shared.frames[at].name).join(' > '),
          weights[index],
        ]),
      }),
    );
  };

  test('keeps the clock that all threads share', () => {
    const late = { ...profile, startTimeUs: 120 };
    const threads = [
      { name: 'main', profile, window: { startUs: 90, endUs: 150 } },
      { name: 'worker-1', profile: late, window: { startUs: 120, endUs: 150 } },
    ];
    expect(made(threads)).toEqual([
      {
        endValue: 60,
        bars: [
          ['', 10],
          ['run', 10],
          ['run > fib', 10],
          ['run > fib > fib', 10],
          ['run > a;b\nc d', 20],
        ],
      },
      {
        endValue: 60,
        bars: [
          ['', 30],
          ['run > fib > fib', 10],
          ['run > a;b\nc d', 20],
        ],
      },
    ]);
  });

  test('has garbage collection on top of what it interrupts', () => {
    const frames = [frame('(root)', '', 0), frame('run'), frame('(garbage collector)', '', 0)];
    const collecting = {
      ...profile,
      frames,
      nodes: { parents: Int32Array.from([-1, 0, 0]), frames: Int32Array.from([0, 1, 2]) },
      sampleNodes: Int32Array.from([1, 2, 1, 2]),
    };
    const [{ bars }] = made([{ name: 'main', profile: collecting, window: { startUs: 100, endUs: 150 } }]);
    expect(bars).toEqual([
      ['run', 10],
      ['run > (garbage collector)', 10],
      ['run', 10],
      ['run > (garbage collector)', 20],
    ]);
  });
});

test('a root that is a function is in every stack', () => {
  const rooted = { ...profile, frames: [frame('main'), ...profile.frames.slice(1)] };
  const threads = [{ name: 'main', profile: rooted, window: { startUs: 100, endUs: 120 } }];
  expect(folded({ name: 'job', threads }).split('\n')).toEqual([
    'main;main (/p/a.js:3);run (/p/a.js:3) 10',
    'main;main (/p/a.js:3);run (/p/a.js:3);fib (/p/a.js:3) 10',
    '',
  ]);
});

test('pprof: what its reader reads is what was sampled', () => {
  const { sample, location, function: functions, stringTable, sampleType } = Profile.decode(pprof(recording));
  const text = (index: number | bigint) => stringTable.strings[Number(index)];
  const nameOf = (locationId: number | bigint) => {
    const line = location.find(({ id }) => id === locationId)?.line[0];
    return text(functions.find(({ id }) => id === line?.functionId)?.name ?? 0);
  };
  expect(sampleType.map(({ type, unit }) => [text(type), text(unit)])).toEqual([['wall', 'nanoseconds']]);
  expect(
    sample.map(({ locationId, value, label }) => [
      text(label[0]?.str ?? 0),
      locationId.map(nameOf).toReversed().join(' > '),
      Number(value[0]),
    ]),
  ).toEqual([
    ['main', 'run', 10_000],
    ['main', 'run > fib', 10_000],
    ['main', 'run > fib > fib', 10_000],
    ['main', 'run > a;b\nc d', 15_000],
    ['worker-1', 'run', 10_000],
    ['worker-1', 'run > fib', 10_000],
  ]);
});

describe('markdown', () => {
  const pair = samplePair();
  const texts = {
    'comparison.md': comparisonMarkdown(
      compareProfiles(pair.before, pair.after, { toleranceRatio: 0.02, paired: null }),
    ),
    'profile.md': profileMarkdown(sampleReport()),
  };

  test.each(Object.entries(texts))('%s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(`../golden/${name}`);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  });

  test.each(['<img src=x>', '[a](javascript:b)', '`x`', 'a|b', '**b**', '@everyone', '&lt;'])(
    'a name stays text: %s',
    (name) => expect(escapeMarkdown(name)).not.toMatch(/[<>[\]`|*@]|&lt;/),
  );
});
