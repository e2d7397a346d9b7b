import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FILLS, isHollow } from '../../src/render/html/page/flame/looks.ts';

const read = (file: string) =>
  readFileSync(new URL(`../../src/render/html/page/${file}`, import.meta.url), 'utf8');
const CSS = `${read('main.css')}${read('flame/palette.css')}${read('timeline/timeline.css')}`;

/** The custom properties of a theme, the dark one's over those of the light. */
function properties(theme: 'light' | 'dark'): Map<string, string> {
  const blocks = [...CSS.matchAll(/(^|\n):root(\[data-theme="dark"\])?\s*\{([^}]*)\}/g)];
  const wanted = blocks.filter(([, , dark]) => dark === undefined || theme === 'dark');
  const ordered = wanted.toSorted(([, , a], [, , b]) => Number(a !== undefined) - Number(b !== undefined));
  return new Map(
    ordered.flatMap(([, , , block = '']) =>
      [...block.matchAll(/(--[\w-]+):\s*(#[\da-f]{6})/g)].map(
        ([, name = '', value = '']) => [name, value] as const,
      ),
    ),
  );
}

type Colour = readonly number[];

function parsed(hex: string | undefined): Colour {
  if (hex === undefined) throw new Error('a colour is missing');
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function over(above: Colour, below: Colour, alpha: number): Colour {
  return above.map((value, part) => alpha * value + (1 - alpha) * (below[part] ?? 0));
}

/** By WCAG 2.2: relative luminance, and the ratio of two. */
function contrast(one: Colour, other: Colour): number {
  const luminance = (colour: Colour) => {
    const [red = 0, green = 0, blue = 0] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('the ratio of black and white is 21, and that of the grey that just suffices 4.54', () => {
  expect(contrast(parsed('#000000'), parsed('#ffffff'))).toBeCloseTo(21, 5);
  expect(contrast(parsed('#767676'), parsed('#ffffff'))).toBeCloseTo(4.54, 2);
});

test.each(['light', 'dark'] as const)('names can be read on every box in the %s, faded ones too', (theme) => {
  const found = properties(theme);
  const [text, surface] = [parsed(found.get('--flame-text')), parsed(found.get('--surface'))];
  const solid = FILLS.filter((_, fill) => !isHollow(fill));
  expect(solid.length).toBeGreaterThan(20);
  for (const name of solid) {
    const fill = parsed(found.get(name));
    expect({ name, enough: contrast(text, fill) >= 4.5 }).toEqual({ name, enough: true });
    // As the painter fades what a search does not find.
    const faded = over(fill, surface, 0.4);
    const enough = contrast(over(text, faded, 0.7), faded) >= 4.5;
    expect({ name, faded: true, enough }).toEqual({ name, faded: true, enough: true });
  }
  const hatch = parsed(found.get('--flame-hatch'));
  expect(contrast(text, hatch)).toBeGreaterThanOrEqual(4.5);
});

test.each(['light', 'dark'] as const)(
  'edges, marks and bars stand out from their ground in the %s',
  (theme) => {
    const found = properties(theme);
    const surface = parsed(found.get('--surface'));
    for (const name of [
      '--flame-ring',
      '--flame-match',
      '--flame-hatch-edge',
      '--timeline-work',
      '--timeline-wait',
    ]) {
      expect({ name, enough: contrast(parsed(found.get(name)), surface) >= 3 }).toEqual({
        name,
        enough: true,
      });
    }
  },
);
