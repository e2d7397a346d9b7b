import { InvalidArgumentError } from 'commander';

/** Parsers of option values; commander puts the option's name before their message. */

export function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

export function wholeAboveZero(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('expected a whole number above 0.');
  return value;
}

/** `2%` or `0.02`, as a ratio. */
export function ratio(text: string): number {
  const [, amount, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = Number(amount) / (sign === '%' ? 100 : 1);
  if (amount === undefined || value >= 1)
    throw new InvalidArgumentError('expected a part below the whole, such as 2% or 0.02.');
  return value;
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

export function durationMs(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const factor = MS_PER_UNIT[unit];
  if (amount === undefined || factor === undefined || Number(amount) === 0)
    throw new InvalidArgumentError('expected a duration such as 500ms, 10s or 5m.');
  return Number(amount) * factor;
}
