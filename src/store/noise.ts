import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isOfSameKind, type NoiseReport, NoiseReportSchema } from '../compare/noise-report.ts';

/** The newest calibration of the same job and mode on the same machine and Node, null where there is none. */
export async function newestNoise(
  reportsDir: string,
  here: Parameters<typeof isOfSameKind>[1],
): Promise<NoiseReport | null> {
  const names = await readdir(reportsDir).catch((): string[] => []);
  let newest: NoiseReport | null = null;
  for (const name of names.filter((one) => one.endsWith('_noise.json') && !one.startsWith('.'))) {
    const noise = await readNoise(join(reportsDir, name));
    if (noise === null || !isOfSameKind(noise, here)) continue;
    if (newest === null || Date.parse(noise.startedAt) > Date.parse(newest.startedAt)) newest = noise;
  }
  return newest;
}

/** A calibration that cannot be read is none: it can be made again. */
async function readNoise(file: string): Promise<NoiseReport | null> {
  try {
    return v.parse(NoiseReportSchema, JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
