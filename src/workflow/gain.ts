import type { Comparison } from '../compare/comparison.ts';
import type { Implementation } from '../store/implementations.ts';
import { compare } from './compare.ts';
import { type ProfileRequest, profile } from './profile.ts';

export type GainRequest = Omit<ProfileRequest, 'implementation'> & {
  readonly before: Implementation;
  readonly after: Implementation;
  readonly toleranceRatio: number;
};

/** The main job: both sides profiled, and compared. */
export async function gain({ before, after, ...shared }: GainRequest): Promise<Comparison> {
  const stored = [];
  for (const implementation of [before, after]) stored.push(await profile({ ...shared, implementation }));
  const [old, now] = stored.map(({ jsonFile }) => jsonFile);
  return compare({ ...shared, before: old ?? before.name, after: now ?? after.name });
}
