/**
 * The bundled job, old and new, beside the same record made with other generators, and beside its limits; all in turns,
 * each run in a fresh process. `node scripts/benchmark-job.ts [users] [rounds]`
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { seededRandom, shuffled } from '../src/base/random.ts';
import { runInChild } from '../src/capture/run-in-child.ts';
import { medianEstimate } from '../src/stats/median.ts';
import { hodgesLehmannPaired } from '../src/stats/signed-rank.ts';

const ROOT = resolve(import.meta.dirname, '..');
const [users, rounds] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 6)];
const GENERATORS = {
  'impl-old (faker)': 'impl-old/index.ts',
  'impl-new': 'impl-new/index.ts',
  chance: 'scripts/generators/chance.mjs',
  '@ngneat/falso': 'scripts/generators/falso.mjs',
  casual: 'scripts/generators/casual.mjs',
};
const LIMITS = {
  'limit: draws alone, 1 thread': 'scripts/generators/draws-only.mjs',
  'limit: bytes alone, 1 thread': 'scripts/generators/bytes-only.mjs',
};

type RunRequest = Parameters<typeof runInChild>[0]['request'];

function run(entry: string, pass: RunRequest['pass'], size: number) {
  return runInChild({
    request: { entry: join(ROOT, entry), input: { users: size, seed: 42, workers: 'auto' }, pass },
    implementation: entry,
    nodePath: process.execPath,
    nodeOptions: [],
    environment: process.env,
    stdinFile: null,
    timeoutMs: 600_000,
    cwd: ROOT,
    signal: new AbortController().signal,
  });
}

/** What each field of a user must look like, whoever has made it. */
const FIELDS: Readonly<Record<string, RegExp>> = {
  user_id: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  user_name: /\w.*\w/,
  first_name: /\w/,
  last_name: /\w/,
  age: /^(1[89]|[2-9]\d|100)$/,
  'address.house_number': /^\d+$/,
  'address.street_name': /\w+/,
  'address.city': /\w/,
  'address.country': /^(Germany|Netherlands|UK)$/,
  'address.post_code': /\d/,
  email_address: /^\S+@\S+$/,
  phone_number: /\d/,
  'device.ipv4_address': /^\d+(\.\d+){3}$/,
  'device.ipv6_address': /^[\da-f]{1,4}(:[\da-f]{1,4}){7}$/,
  'device.mac_address': /^[\da-f]{2}([:-][\da-f]{2}){5}$/i,
  'device.UUID': /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  'device.system_triplet': /^\w+-pc-/,
};

async function checkFields(folder: string): Promise<void> {
  for (const [name, entry] of Object.entries(GENERATORS)) {
    const file = join(folder, 'users.json');
    await run(entry, { kind: 'writing', file, form: 'file' }, 300);
    const made = JSON.parse(await readFile(file, 'utf8'));
    if (made.length !== 300) throw new Error(`${name} made ${made.length} users of 300`);
    for (const user of made) {
      for (const [path, pattern] of Object.entries(FIELDS)) {
        const value = path.split('.').reduce((part, key) => part?.[key], user);
        if (!pattern.test(String(value))) throw new Error(`${name}: ${path} is ${JSON.stringify(value)}`);
      }
    }
  }
}

const folder = await mkdtemp(join(tmpdir(), 'outpace-job-'));
try {
  await checkFields(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}

const entries = Object.entries({ ...GENERATORS, ...LIMITS });
const measured = new Map(entries.map(([name]) => [name, [] as { wallMs: number; peakRssBytes: number }[]]));
const random = seededRandom(1);
for (let round = 0; round < rounds; round += 1) {
  for (const [name, entry] of shuffled(entries, random)) {
    measured.get(name)?.push(await run(entry, { kind: 'timing' }, users));
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}
const old = measured.get('impl-old (faker)') ?? [];
process.stdout.write(`${users} users, ${rounds} rounds; every field of each was checked\n`);
process.stdout.write(
  `${''.padEnd(30)}${'users/s'.padStart(12)}${'peak'.padStart(12)}   time, of that of impl-old\n`,
);
for (const [name, runs] of measured) {
  const perSecond = users / (medianEstimate(runs.map(({ wallMs }) => wallMs)).point / 1000);
  const peak = medianEstimate(runs.map(({ peakRssBytes }) => peakRssBytes)).point / 2 ** 20;
  const log = hodgesLehmannPaired(
    runs.map(({ wallMs }, index) => Math.log(wallMs / (old[index]?.wallMs ?? Number.NaN))),
  );
  const [point, low, high] = [log.point, log.low, log.high].map((value) =>
    (100 * Math.exp(value)).toFixed(1),
  );
  process.stdout.write(
    `${name.padEnd(30)}${Math.round(perSecond).toLocaleString('en').padStart(12)}${`${peak.toFixed(0)} MiB`.padStart(12)}   ` +
      `${point} % (${low} to ${high} %, ${(100 * log.confidenceLevel).toFixed(1)} % confidence)\n`,
  );
}
