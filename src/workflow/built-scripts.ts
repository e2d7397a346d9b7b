import type { RunResult } from '../capture/child/messages.ts';
import { type BuiltScripts, findExternalMaps, readBuiltScripts } from '../store/source-maps.ts';

/** The source maps of all scripts that counting runs have seen: those that the scripts name, and those beside them. */
export async function builtScriptsOf(
  countingRuns: readonly Pick<RunResult, 'mappedScripts' | 'threads'>[],
): Promise<BuiltScripts> {
  const mapped = countingRuns.flatMap(({ mappedScripts }) => mappedScripts);
  const named = new Set(mapped.map(({ url }) => url));
  const others = countingRuns.flatMap(({ threads }) =>
    threads.flatMap(({ evidence }) =>
      evidence.kind === 'counts'
        ? evidence.counts.map(({ url }) => url).filter((url) => !named.has(url))
        : [],
    ),
  );
  return readBuiltScripts([...mapped, ...(await findExternalMaps(others))]);
}
