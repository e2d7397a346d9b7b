import { MS_PER_S } from '../../base/units.ts';
import { escapeTerminal } from '../escape.ts';

/** What a check was asked for; what is left out was left to the settings, or to the default. */
export interface AskedCheck {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly baseline?: string | undefined;
  readonly stdinFile?: string | undefined;
  readonly maxSlowdown?: number | undefined;
  readonly minGain?: number | undefined;
  readonly maxMemory?: number | undefined;
  readonly maxImport?: number | undefined;
  readonly metric?: string | undefined;
  readonly maxCalls?: number | undefined;
  readonly budgetMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly seed?: number | undefined;
  readonly dependencies?: string | undefined;
  readonly implementationFrom?: string | undefined;
  readonly allowDifferentOutput?: boolean | undefined;
  readonly includeImport?: boolean | undefined;
  readonly requireConclusive?: boolean | undefined;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
}

export interface CommandPlace {
  readonly job: string;
  /** The very commit; null where there is none. */
  readonly commit: string | null;
  /** The project's folder from where the command is typed; empty where they are one. */
  readonly folder: string;
}

/** The command line that asks for the same check again, whole: a POSIX shell and outpace's own parser read it as it was. */
export function checkCommand(asked: AskedCheck, { job, commit, folder }: CommandPlace): string {
  const { after } = asked;
  const options: readonly (readonly [string, string | null | undefined])[] = [
    ['--against', commit],
    ['--baseline', asked.baseline],
    ['--job', job],
    ['--before', asked.before],
    ['--stdin', asked.stdinFile],
    ['--max-slowdown', ratioWord(asked.maxSlowdown)],
    ['--min-gain', ratioWord(asked.minGain)],
    ['--max-memory', ratioWord(asked.maxMemory)],
    ['--max-import', ratioWord(asked.maxImport)],
    ['--metric', asked.metric],
    ['--max-calls', ratioWord(asked.maxCalls)],
    ['--budget', durationWord(asked.budgetMs)],
    ['--timeout', durationWord(asked.timeoutMs)],
    ['--seed', asked.seed?.toFixed(0)],
    ['--dependencies', asked.dependencies],
    ['--implementation-from', asked.implementationFrom],
  ];
  const all = [
    ...options.flatMap(([name, value]) => (value === undefined || value === null ? [] : [name, value])),
    ...(asked.includeImport === true ? ['--include-import'] : []),
    ...(asked.allowDifferentOutput === true ? ['--allow-different-output'] : []),
    ...(asked.requireConclusive === true ? ['--require-conclusive'] : []),
    ...inputWords(asked.input ?? {}),
    // Behind two dashes, a name that begins with one is no option.
    ...(after?.startsWith('-') ? ['--', after] : []),
  ];
  const named = after === undefined || after.startsWith('-') ? [] : [after];
  const command = ['outpace', 'check', ...[...named, ...all].map(quoted)].join(' ');
  return folder === ''
    ? command
    : `cd ${quoted(folder.startsWith('-') ? `./${folder}` : folder)} && ${command}`;
}

/** The shortest percentage that is read as the very same ratio. */
function ratioWord(ratio: number | undefined): string | undefined {
  if (ratio === undefined) return undefined;
  for (let digits = 1; digits <= 17; digits += 1) {
    const percentage: number = Number((ratio * 100).toPrecision(digits));
    if (percentage / 100 === ratio) return `${percentage}%`;
  }
  return String(ratio);
}

function durationWord(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  return ms % MS_PER_S === 0 ? `${ms / MS_PER_S}s` : `${ms}ms`;
}

/** Words that are read as the same values: the text "42" is not the number 42. */
function inputWords(input: Readonly<Record<string, unknown>>): string[] {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const asObject = given.filter(([key]) => !isPlainKey(key));
  const members = asObject.map(([key, value]) => `${jsonOf(key)}:${jsonOf(value)}`);
  return [
    ...given
      .filter(([key]) => isPlainKey(key))
      .flatMap(([key, value]) => ['--input', `${key}=${valueWord(value)}`]),
    ...(members.length === 0 ? [] : ['--input', `{${members.join(',')}}`]),
  ];
}

function isPlainKey(key: string): boolean {
  return key !== '' && !key.includes('=') && !key.startsWith('{') && escapeTerminal(key) === key;
}

function valueWord(value: unknown): string {
  if (typeof value === 'string' && escapeTerminal(value) === value && !isJson(value)) return value;
  return jsonOf(value);
}

/** JSON of characters that a terminal shows as they are. */
function jsonOf(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  const json = JSON.stringify(value) ?? 'null';
  return escapeTerminal(json) === json ? json : asciiOf(json);
}

function asciiOf(json: string): string {
  return json.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
