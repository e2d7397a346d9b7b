/** What was measured of one profile, as text 80 columns wide. */
import { median } from '../../src/stats/median.ts';
import { hodgesLehmannPaired } from '../../src/stats/signed-rank.ts';

export const BYTES_PER_MB = 1e6;

/** What is shown, in order; `base` is the row by whose time the others are measured. */
const GROUPS = [
  {
    title: 'parse',
    base: 'outpace parse',
    rows: { outpace: 'outpace parse', 'JSON.parse': 'JSON.parse', cpupro: 'cpupro parse' },
  },
  {
    title: 'parse + analyse',
    base: 'outpace analyse',
    rows: {
      outpace: 'outpace analyse',
      cpupro: 'cpupro analyse',
      speedscope: 'speedscope analyse',
      '0x, hit counts only': '0x analyse',
    },
  },
] as const;
export const WAYS = GROUPS.flatMap(({ rows }) => Object.values(rows));

/** What one measurement gave, or why it gave nothing. */
export type Outcome = Measured | string;

interface Measured {
  readonly tookMs: number;
  /** Of all threads. */
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  readonly shape: { readonly samples: number; readonly nodes: number } | null;
}

type Outcomes = ReadonlyMap<string, readonly Outcome[]>;

export function table(
  all: Outcomes,
  {
    title,
    sizeBytes,
    rounds,
  }: { readonly title: string; readonly sizeBytes: number; readonly rounds: number },
): string {
  const shape = runsOf(all, 'outpace parse')[0]?.shape ?? null;
  const lines = GROUPS.flatMap((group) => [
    line({ name: group.title, speed: 'MB/s', cpu: 'CPU s', memory: 'peak MB', ratio: "time over outpace's" }),
    ...Object.entries(group.rows).map(
      ([name, way]) => `  ${rowOf(all, { name, way, base: group.base, sizeBytes })}`,
    ),
  ]);
  return [
    `${title}, ${rounds} round${rounds === 1 ? '' : 's'}${shape === null ? '' : `: ${count(shape.samples)} samples, ${count(shape.nodes)} nodes`}`,
    ...lines.map((text) => `  ${text}`),
    ...(shape === null ? [] : [`  ${boundText(shape)}`]),
    '',
    '',
  ].join('\n');
}

function rowOf(
  all: Outcomes,
  { name, way, base, sizeBytes }: { name: string; way: string; base: string; sizeBytes: number },
): string {
  const runs = runsOf(all, way);
  const failure = all.get(way)?.find((outcome) => typeof outcome === 'string');
  if (failure !== undefined || runs.length === 0)
    return line({ name, speed: '-', cpu: '-', memory: '-', ratio: failure ?? 'not measured' }, 2);
  const megabytes = sizeBytes / BYTES_PER_MB;
  return line(
    {
      name,
      speed: ((1000 * megabytes) / median(runs.map(({ tookMs }) => tookMs))).toFixed(0),
      cpu: (median(runs.map(({ cpuMs }) => cpuMs)) / 1000).toFixed(2),
      memory: (median(runs.map(({ peakRssBytes }) => peakRssBytes)) / BYTES_PER_MB).toFixed(0),
      ratio: way === base ? '' : ratioText(runs, runsOf(all, base)),
    },
    2,
  );
}

interface Cells {
  readonly name: string;
  readonly speed: string;
  readonly cpu: string;
  readonly memory: string;
  readonly ratio: string;
}

function line({ name, speed, cpu, memory, ratio }: Cells, indent = 0): string {
  return `${name.padEnd(22 - indent)}${speed.padStart(5)}${cpu.padStart(7)}${memory.padStart(9)}  ${ratio}`.trimEnd();
}

/** Of the same rounds. */
function ratioText(runs: readonly Measured[], bases: readonly Measured[]): string {
  if (bases.length !== runs.length) return '-';
  const { point, low, high, confidenceLevel } = hodgesLehmannPaired(
    runs.map(({ tookMs }, round) => Math.log(tookMs / (bases[round]?.tookMs ?? Number.NaN))),
  );
  const [middle, least, most] = [point, low, high].map((log) => Math.exp(log).toFixed(2));
  if (confidenceLevel === 0) return `×${middle}`;
  return `×${middle} (${least} to ${most}, ${(100 * confidenceLevel).toFixed(1)} %)`;
}

function boundText({ samples, nodes }: { readonly samples: number; readonly nodes: number }): string {
  const bytes = 1.5 * (8 * samples + 120 * nodes);
  const megabytes = (bytes / BYTES_PER_MB + 100).toFixed(0);
  return `bound of the peak: 1.5 × (8 bytes × samples + 120 × nodes) + 100 MB = ${megabytes} MB`;
}

function runsOf(all: Outcomes, way: string): Measured[] {
  return (all.get(way) ?? []).filter((outcome) => typeof outcome !== 'string');
}

function count(value: number): string {
  return value.toLocaleString('en');
}
