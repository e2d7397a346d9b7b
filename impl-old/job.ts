/**
 * What both implementations of the job agree on: its input, its chunks, and the facts that faker does not know.
 *
 * The output is a JSON array of users. It is made in chunks of fixed size, each with a seed of its own, so that
 * the same bytes come out whoever makes which chunk.
 */

/** Small enough that threads end together, large enough that seeding a chunk (6 µs) costs 1 % of making it. */
export const USERS_PER_CHUNK = 256;

export const MAX_WORKERS = 64;

export const AGE_YEARS = { min: 18, max: 100 } as const;

export const COUNTRIES = [
  { country: 'Germany', cities: ['Göttingen', 'Berlin', 'Munich', 'Hamburg', 'Cologne'] },
  { country: 'Netherlands', cities: ['Amsterdam', 'Rotterdam', 'The Hague', 'Utrecht', 'Eindhoven'] },
  { country: 'UK', cities: ['London', 'Manchester', 'Nottingham', 'Liverpool', 'Edinburgh'] },
] as const;

export const SYSTEM_TRIPLETS = [
  'x86_64-pc-linux-gnu',
  'i686-pc-linux-gnu',
  'aarch64-pc-linux-gnu',
  'x86_64-pc-macosx',
  'x86_64-pc-win32',
  'x86_64-pc-win64',
  'x86_64-pc-android',
  'armv7l-pc-android',
  'x86_64-pc-freebsd',
  'i686-pc-freebsd',
] as const;

export type JobInput = {
  readonly users: number;
  readonly seed: number;
  /** Threads in addition to the main thread; `auto` leaves it to the implementation. */
  readonly workers: number | 'auto';
};

/** One run of users that is made in one go: `[firstUser, endUser)`. */
export type Chunk = { readonly index: number; readonly firstUser: number; readonly endUser: number };

/**
 * Reads the input of a run, with defaults for what is left out; keys of other jobs are ignored.
 *
 * @throws TypeError naming the key and the value found
 */
export function parseInput(raw: unknown): JobInput {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new TypeError(`the input must be an object, found ${shown(raw)}`);
  }
  const { users = 100_000, seed = 42, workers = 'auto' }: Record<string, unknown> = { ...raw };
  return {
    users: wholeNumber({ key: 'users', value: users, min: 0, max: Number.MAX_SAFE_INTEGER }),
    seed: wholeNumber({ key: 'seed', value: seed, min: -(2 ** 31), max: 2 ** 32 - 1 }),
    workers:
      workers === 'auto'
        ? workers
        : wholeNumber({ key: 'workers', value: workers, min: 0, max: MAX_WORKERS }),
  };
}

export function chunkCount(users: number): number {
  return Math.ceil(users / USERS_PER_CHUNK);
}

export function chunkAt(index: number, users: number): Chunk {
  const firstUser = index * USERS_PER_CHUNK;
  return { index, firstUser, endUser: Math.min(firstUser + USERS_PER_CHUNK, users) };
}

/** A seed of its own for each chunk: splitmix32's mixing, so that neighbouring chunks and seeds are unrelated. */
export function seedOfChunk(seed: number, chunkIndex: number): number {
  let mixed = (seed + Math.imul(chunkIndex + 1, 0x9e3779b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

type WholeNumberRule = {
  readonly key: string;
  readonly value: unknown;
  readonly min: number;
  readonly max: number;
};

function wholeNumber({ key, value, min, max }: WholeNumberRule): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new TypeError(`${key} must be a whole number from ${min} to ${max}, found ${shown(value)}`);
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
