import { describe, expect, test } from 'vitest';
import { sourceFrames } from './source-positions.ts';

const URL_OF_SCRIPT = 'file:///p/dist/out.js';

/**
 * A map by hand: mappings are base64 VLQ groups of column, source, line, column, name, each relative to the one before.
 * `function a(b)` on line 1: column 0 → original 3:0; column 9 (the name) → 3:9, name 0.
 */
const MAP = JSON.stringify({
  version: 3,
  sources: ['../src/a.ts'],
  names: ['written'],
  mappings: 'AAEA,SAASA',
});

const frames = (text: string | null, map = MAP) =>
  sourceFrames(new Map([[URL_OF_SCRIPT, { map, mapUrl: `${URL_OF_SCRIPT}.map`, text }]]));
const built = { name: 'a', url: URL_OF_SCRIPT, line: 1, column: 1 };

describe('the place and the name that were written', () => {
  test('place and name', () =>
    expect(frames('function a(b){}')(built)).toEqual({
      name: 'written',
      url: 'file:///p/src/a.ts',
      line: 3,
      column: 1,
    }));

  test('without the text the name stays as built', () =>
    expect(frames(null)(built)).toMatchObject({ name: 'a', url: 'file:///p/src/a.ts', line: 3 }));

  test.each([
    { why: 'an arrow function whose name stands elsewhere', text: '(a)=>a' },
    { why: 'a longer identifier with the same start', text: 'function other(b){}' },
  ])('the name of $why is not taken from a neighbour', ({ text }) =>
    expect(frames(text)({ ...built, name: 'o' }).name).toBe('o'),
  );

  test('a name that is assigned: const a = () => …', () => {
    // Column 6 is the name; the function itself begins at column 10.
    const map = JSON.stringify({ version: 3, sources: ['s.ts'], names: ['written'], mappings: 'MAAMA,IAAI' });
    expect(frames('const a = () => 1', map)({ ...built, column: 11 })).toMatchObject({
      name: 'written',
      line: 1,
      column: 11,
    });
  });

  test.each([
    { why: 'of another script', frame: { ...built, url: 'file:///p/other.js' } },
    { why: 'without a place', frame: { ...built, line: 0, column: 0 } },
    { why: 'before the first mapping', frame: { ...built, line: 7 } },
  ])('a function $why stays as it is', ({ frame }) => expect(frames('function a(b){}')(frame)).toBe(frame));
});

describe('maps of every kind', () => {
  const section = (mappings: string) => ({ version: 3, sources: ['../src/a.ts'], names: [], mappings });

  test('in sections, each with an offset of its own', () => {
    const map = JSON.stringify({
      version: 3,
      sections: [
        { offset: { line: 0, column: 0 }, map: section('AAoGA') },
        { offset: { line: 1, column: 10 }, map: section('AAwMA') },
      ],
    });
    const at = frames(null, map);
    // VLQ: `oG` is 100 and `wM` is 200, both counted from 0.
    expect(at({ ...built, line: 1 })).toMatchObject({ url: 'file:///p/src/a.ts', line: 101 });
    expect(at({ ...built, line: 2, column: 11 })).toMatchObject({ url: 'file:///p/src/a.ts', line: 201 });
    expect(at({ ...built, line: 2, column: 1 })).toMatchObject({ url: URL_OF_SCRIPT });
  });

  test('with a source that has no name: the built place stays', () => {
    const map = JSON.stringify({ version: 3, sources: [null], names: [], mappings: 'AAEA' });
    expect(frames(null, map)(built)).toBe(built);
  });

  test.each(['ignoreList', 'x_google_ignoreList'])('with an %s: such a source is marked', (key) => {
    const map = JSON.stringify({
      ...{
        version: 3,
        sources: ['../src/a.ts', '../lib/b.ts'],
        names: [],
        mappings: 'AAAA;ACAA',
        [key]: [1],
      },
    });
    const at = frames(null, map);
    expect(at(built)).not.toHaveProperty('ignored');
    expect(at({ ...built, line: 2 })).toMatchObject({ url: 'file:///p/lib/b.ts', ignored: true });
  });
});
