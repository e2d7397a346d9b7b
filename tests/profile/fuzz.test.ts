/** Recordings that were damaged anyhow: the reader of bytes against `JSON.parse` and the plain way to go on from there. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OutpaceError } from '../../src/base/errors.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { RecordingReader } from '../../src/profile/recording-reader.ts';
import { damaged } from '../support/damage.ts';
import { referenceProfile, referenceTrace } from '../support/reference-profile.ts';
import { SMALL_PROFILES, SMALL_TRACES } from '../support/small-recordings.ts';
import { totalsOf } from '../support/totals-of.ts';

type Outcome = { readonly totals: readonly string[] } | { readonly refused: string };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}.cpuprofile`, import.meta.url));
const profiles = Object.values(SMALL_PROFILES).map((text) => Buffer.from(text));
const traces = Object.values(SMALL_TRACES).map((text) => Buffer.from(text));

test.each([
  { what: 'small profiles', seeds: profiles, rounds: 70_000, seed: 1 },
  { what: 'small traces', seeds: traces, rounds: 22_000, seed: 2 },
  {
    what: 'fixtures',
    seeds: [fixture('node-24-outpace'), fixture('node-26-outpace'), fixture('node-22-outpace')],
    rounds: 8000,
    seed: 3,
  },
])(
  '$rounds damaged $what: no crash, no wrong total',
  ({ seeds, rounds, seed }) => {
    const random = seededRandom(seed);
    const counts = { both: 0, neither: 0, onlyReader: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const bytes = damaged(seeds[round % seeds.length] ?? Buffer.alloc(0), random);
      const read = outcomeOf(() => readInPieces(bytes, random));
      const plain = outcomeOf(() => readPlainly(bytes));
      if ('totals' in plain) {
        expect({ round, text: bytes.toString(), ...read }).toEqual({
          round,
          text: bytes.toString(),
          ...plain,
        });
        counts.both += 1;
      } else if ('totals' in read) counts.onlyReader += 1;
      else counts.neither += 1;
    }
    expect(Math.min(counts.both, counts.neither)).toBeGreaterThan(rounds / 20);
    // A byte order mark, and little else: see the reader's own tests.
    expect(counts.onlyReader).toBeLessThan(rounds / 200);
  },
  120_000,
);

/** In pieces of any size, so that each is cut somewhere else. */
function readInPieces(bytes: Buffer, random: Random): string[] {
  const reader = new RecordingReader('damaged');
  for (let from = 0; from < bytes.length; ) {
    const to = from + 1 + Math.floor(random() * random() * bytes.length);
    reader.write(bytes.subarray(from, to));
    from = to;
  }
  return sorted(reader.end().threads.flatMap(({ profile }) => totalsOf(profile).rows));
}

function readPlainly(bytes: Buffer): string[] {
  const raw: unknown = JSON.parse(decoder.decode(bytes));
  const isTrace = Array.isArray(raw) || (typeof raw === 'object' && raw !== null && 'traceEvents' in raw);
  const threads = isTrace ? referenceTrace(raw, 'plain') : [referenceProfile(raw, 'plain')];
  const all = threads.flatMap((profile) => {
    const { sampledUs, rows } = totalsOf(profile);
    // Times beyond what a number holds: the plain way does not notice.
    if (!Number.isFinite(sampledUs)) throw new SyntaxError('no sum');
    return rows;
  });
  return sorted(all);
}

/** Of all threads, whatever their order. */
function sorted(rows: readonly string[]): string[] {
  return rows.toSorted();
}

function outcomeOf(read: () => string[]): Outcome {
  try {
    return { totals: read() };
  } catch (error) {
    if (error instanceof SyntaxError) return { refused: error.message };
    expect(error).toBeInstanceOf(OutpaceError);
    expect(error).toMatchObject({ code: 'MALFORMED_PROFILE' });
    return { refused: String(error) };
  }
}
