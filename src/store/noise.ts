import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isOfSameKind, type NoiseReport, NoiseReportSchema } from '../compare/noise-report.ts';

type Here = Parameters<typeof isOfSameKind>[1];

/** The newest calibration of the same job and mode on the same machine and Node, null where there is none. */
export async function newestNoise(reportsDir: string, here: Here): Promise<NoiseReport | null> {
  const noises = await storedNoises(reportsDir, here);
  return noises.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))[0] ?? null;
}

/** All of them, in no order. */
export async function storedNoises(reportsDir: string, here: Here): Promise<NoiseReport[]> {
  const names = await readdir(reportsDir).catch((): string[] => []);
  const files = names.filter((one) => one.endsWith('_noise.json') && !one.startsWith('.'));
  const noises = await Promise.all(files.map((name) => readNoise(join(reportsDir, name))));
  return noises.flatMap((noise) => (noise !== null && isOfSameKind(noise, here) ? noise : []));
}

/** A calibration that cannot be read is none: it can be made again. */
async function readNoise(file: string): Promise<NoiseReport | null> {
  try {
    return v.parse(NoiseReportSchema, JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
