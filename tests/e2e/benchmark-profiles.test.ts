/** What benchmark:profiles rests on: profiles drawn as real ones are, and the other tools' own importers, found anew. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../scripts/profile-benchmark/generate.ts';
import { learnt } from '../../scripts/profile-benchmark/model.ts';
import { WAYS } from '../../scripts/profile-benchmark/table.ts';
import { project } from '../support/outpace.ts';

const MEASURE = fileURLToPath(new URL('../../scripts/profile-benchmark/measure.ts', import.meta.url));
const SIZE_BYTES = 300_000;
let file = '';

async function draw(name: string): Promise<string> {
  const folder = join(await project({}), 'drawn');
  await mkdir(folder);
  const drawn = join(folder, name);
  const { signal } = new AbortController();
  await generate(drawn, { model: learnt(), sizeBytes: SIZE_BYTES, seed: 1, signal });
  return drawn;
}

beforeAll(async () => {
  file = await draw('a.cpuprofile');
});

describe('a drawn profile', () => {
  test('is of the size asked for, one tree, its samples of nodes that exist and are counted', async () => {
    const text = await readFile(file, 'utf8');
    expect(Math.abs(text.length / SIZE_BYTES - 1)).toBeLessThan(0.15);
    const { nodes, samples, timeDeltas } = JSON.parse(text);
    expect(timeDeltas).toHaveLength(samples.length);
    const children = nodes.flatMap((node: { children?: number[] }) => node.children ?? []);
    expect(children.toSorted((a: number, b: number) => a - b)).toEqual(
      nodes.slice(1).map(({ id }: { id: number }) => id),
    );
    const hits = new Map<number, number>();
    for (const id of samples) hits.set(id, (hits.get(id) ?? 0) + 1);
    for (const { id, hitCount } of nodes) expect(hitCount).toBe(hits.get(id) ?? 0);
  });

  test('is the same for the same seed', async () =>
    expect(await readFile(await draw('b.cpuprofile'), 'utf8')).toBe(await readFile(file, 'utf8')));
});

test.each(WAYS)('%s reads it', async (way) => {
  const { stdout } = await execa(process.execPath, [MEASURE, way, file]);
  const { tookMs, cpuMs, peakRssBytes } = JSON.parse(stdout);
  expect(Math.min(tookMs, cpuMs)).toBeGreaterThan(0);
  expect(peakRssBytes).toBeGreaterThan(2 ** 20);
});
