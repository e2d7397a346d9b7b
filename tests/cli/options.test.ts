import { describe, expect, test } from 'vitest';
import { gainRatio, growth, ratio } from '../../src/cli/options.ts';

describe('a ratio on the command line', () => {
  test.each([
    { text: '5%', value: 0.05 },
    { text: '5 %', value: 0.05 },
    { text: '0.05', value: 0.05 },
    { text: '.05', value: 0.05 },
    { text: '0', value: 0 },
    { text: '0%', value: 0 },
    { text: '0.5%', value: 0.005 },
  ])('$text is $value, whatever it is of', ({ text, value }) => {
    for (const parse of [ratio, growth, gainRatio]) expect(parse(text)).toBeCloseTo(value, 12);
  });

  test.each([
    { text: '5', readings: '5% or 500%' },
    { text: '1', readings: '1% or 100%' },
    { text: '1.5', readings: '1.5% or 150%' },
    { text: '300', readings: '300% or 30000%' },
  ])('$text could be $readings, and is refused', ({ text, readings }) => {
    for (const parse of [ratio, growth, gainRatio])
      expect(() => parse(text)).toThrow(`could mean ${readings}: add the percent sign`);
  });

  test('a growth may be more than the whole, a part and a gain not', () => {
    expect(growth('150%')).toBe(1.5);
    expect(() => ratio('100%')).toThrow('expected a percentage');
    expect(gainRatio('100%')).toBe(1);
    expect(() => gainRatio('101%')).toThrow('expected a gain');
  });

  test('only a gain may be below 0', () => {
    expect(gainRatio('-10%')).toBe(-0.1);
    expect(() => growth('-10%')).toThrow('expected a growth');
    expect(() => ratio('-0.1')).toThrow('expected a percentage');
  });

  test.each(['', '%', 'five', '5%%', '5 percent', '1e', 'NaN', 'Infinity', '--5'])('%j is none', (text) => {
    for (const parse of [ratio, growth, gainRatio]) expect(() => parse(text)).toThrow('expected');
  });
});
