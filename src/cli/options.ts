import { type Command, InvalidArgumentError } from 'commander';

/** Parsers of option values; commander puts the option's name before their message. */

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

/** `5%`, `0.05` or `150%`, as a ratio: a growth may be more than the whole. */
export function growth(text: string): number {
  const [, amount, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('expected a growth, such as 5% or 0.05.');
  return Number(amount) / (sign === '%' ? 100 : 1);
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

export function durationMs(text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const factor = MS_PER_UNIT[unit];
  if (amount === undefined || factor === undefined || Number(amount) === 0)
    throw new InvalidArgumentError('expected a duration such as 500ms, 10s or 5m.');
  return Number(amount) * factor;
}

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
      .option('--input <key=value>', 'override one value of the input', inputValue, {})
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

/** A value is JSON where it parses as such, else text. */
function inputValue(pair: string, previous: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const at = pair.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('expected key=value.');
  const text = pair.slice(at + 1);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = text;
  }
  // Not by assignment, which would take `__proto__` for something else.
  return Object.fromEntries([...Object.entries(previous), [pair.slice(0, at), value]]);
}
