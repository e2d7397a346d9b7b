import * as v from 'valibot';
import { OutpaceError } from '../base/errors.ts';
import { isRecord } from './is-record.ts';

/** The longest delay a timer of Node takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Each message says what is expected. */
const text = v.pipe(v.string('a string'), v.nonEmpty('a string that is not empty'));
const ratio = v.pipe(
  v.number('a ratio from 0 to below 1'),
  v.minValue(0, 'a ratio from 0 to below 1'),
  v.ltValue(1, 'a ratio from 0 to below 1'),
);

function whole(unit: string, max: number) {
  const expected = `a whole number of ${unit} from 1 to ${max}`;
  return v.pipe(
    v.number(expected),
    v.safeInteger(expected),
    v.minValue(1, expected),
    v.maxValue(max, expected),
  );
}

const entries = {
  job: v.optional(text),
  before: v.optional(text),
  after: v.optional(text),
  input: v.optional(v.custom<Record<string, unknown>>(isRecord, 'an object')),
  tolerance: v.optional(ratio),
  profiles: v.optional(text),
  reports: v.optional(text),
  interval: v.optional(whole('microseconds', 1_000_000)),
  timeout: v.optional(whole('milliseconds', MAX_TIMEOUT_MS)),
};

const UserConfigSchema = v.strictObject(entries, `one of the keys ${Object.keys(entries).join(', ')}`);

type CheckedUserConfig = v.InferOutput<typeof UserConfigSchema>;

/**
 * A user's config, checked.
 *
 * @throws OutpaceError MALFORMED_CONFIG naming the file, the key, what was expected and what is there
 */
export function parseUserConfig(raw: unknown, file: string): CheckedUserConfig {
  if (!isRecord(raw)) throw malformed(file, 'the whole', 'an object', kindOf(raw));
  const result = v.safeParse(UserConfigSchema, raw);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw malformed(file, v.getDotPath(issue) ?? 'the whole', issue.message, issue.received);
}

function malformed(file: string, key: string, expected: string, found: string): OutpaceError {
  return new OutpaceError('MALFORMED_CONFIG', `${file}: ${key}: expected ${expected}, found ${found}`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value;
}
