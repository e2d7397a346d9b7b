/** What `compare` does with a profile, by the same calls. */
import { summariseLone } from '../../src/compare/lone-profile.ts';
import type { CpuProfile } from '../../src/profile/model.ts';
import { originOf } from '../../src/profile/origin.ts';
import { readStored } from '../../src/store/reports.ts';
import type { Work } from './rivals.ts';

export interface Read {
  readonly samples: number;
  readonly nodes: number;
}

/** @param analyse whether self and total time by function and by package and the call tree are worked out too */
export async function outpace({ analyse }: { readonly analyse: boolean }): Promise<Work> {
  return async (file) => {
    const stored = await readStored(file);
    if (stored.kind !== 'profile') throw new Error(`${file} holds no profile`);
    const { threads } = stored;
    const sum = (count: (profile: CpuProfile) => number) =>
      threads.reduce((all, { profile }) => all + count(profile), 0);
    if (!analyse) {
      return {
        samples: sum(({ sampleNodes }) => sampleNodes.length),
        nodes: sum(({ nodes }) => nodes.parents.length),
      };
    }
    const { functions } = summariseLone(threads);
    return { functions, packages: Map.groupBy(functions, originOf), threads };
  };
}
