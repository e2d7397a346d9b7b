import { type Command, InvalidArgumentError } from 'commander';
import { MS_PER_S } from '../base/units.ts';

/** Parsers of option values; commander puts the option's name before their message. */

export function wholeAboveZero(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('expected a whole number above 0.');
  return value;
}

/** A whole number, which may be 0 or negative. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('expected a whole number.');
  return value;
}

/** A part of the whole: `2%` or `0.02`. */
export function ratio(text: string): number {
  const value = ratioOf(text);
  if (value === null || value < 0 || value >= 1)
    throw new InvalidArgumentError('expected a percentage from 0% to below 100%, such as 2% or 0.02.');
  return value;
}

/** `5%`, `0.05` or `150%`: a growth may be more than the whole. */
export function growth(text: string): number {
  const value = ratioOf(text);
  if (value === null || value < 0) throw new InvalidArgumentError('expected a growth, such as 5% or 0.05.');
  return value;
}

/** `50%` or `0.5`; below 0 for what may be slower. */
export function gainRatio(text: string): number {
  const value = ratioOf(text);
  if (value === null || value > 1)
    throw new InvalidArgumentError('expected a gain of at most 100%, such as 50% or 0.5.');
  return value;
}

const RATIO = /^(-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)\s?(%?)$/i;

/**
 * A percentage, or a bare number that can only be a ratio; null for what is neither.
 *
 * @throws InvalidArgumentError for a bare number that could be either
 */
function ratioOf(text: string): number | null {
  const [, amount, sign] = RATIO.exec(text.trim()) ?? [];
  if (amount === undefined) return null;
  const value = Number(amount);
  if (sign === '%') return value / 100;
  if (Math.abs(value) < 1) return value;
  throw new InvalidArgumentError(
    `${amount} could mean ${value}% or ${value * 100}%: add the percent sign, or write a ratio below 1 such as 0.05.`,
  );
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** A thousand years: what is longer is a slip of the finger. */
const LONGEST_MS = 1000 * 365 * 24 * 3600 * MS_PER_S;

export function durationMs(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const factor = MS_PER_UNIT[unit];
  const duration = Number(amount) * (factor ?? 1);
  if (amount === undefined || factor === undefined || !(duration > 0 && duration <= LONGEST_MS))
    throw new InvalidArgumentError('expected a duration such as 500ms, 10s or 5m.');
  return duration;
}

/** The help of `--include-import`, without which the config decides. */
export const INCLUDE_IMPORT = 'time from the first line of the import to the end of run, not run alone';

/** What every command that runs implementations takes. */
export interface SharedOptions {
  readonly input: Readonly<Record<string, unknown>>;
  readonly job?: string;
  readonly timeout?: number;
  readonly stdin?: string;
  readonly quiet: boolean;
  readonly json: boolean;
}

export function addSharedOptions(command: Command): Command {
  return addProjectOptions(
    command
      .option('--input <key=value>', 'override one value of the input, JSON or text', inputValue, {})
      .option('--timeout <duration>', 'of one run, such as 10s', durationMs)
      .option('--stdin <file>', 'what every run reads from its standard input')
      .option('--quiet', 'no progress', false),
  );
}

export function addProjectOptions(command: Command): Command {
  return addJobOption(command).option(
    '--json',
    'print the result as JSON, and nothing else, on stdout',
    false,
  );
}

export function addJobOption(command: Command): Command {
  return command.option('--job <name>', 'which job, where the settings have several');
}

/** `key=value`, whose value is JSON where it parses as such, else text; or a whole JSON object. */
function inputValue(text: string, previous: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values = text.startsWith('{') ? jsonOr(text, null) : null;
  const isObject = typeof values === 'object' && values !== null;
  const at = text.indexOf('=');
  if (!isObject && at < 1) throw new InvalidArgumentError('expected key=value, or a JSON object.');
  const value = text.slice(at + 1);
  const given = isObject ? Object.entries(values) : [[text.slice(0, at), jsonOr(value, value)] as const];
  // Not by assignment, which would take `__proto__` for something else.
  return Object.fromEntries([...Object.entries(previous), ...given]);
}

function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
