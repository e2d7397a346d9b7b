/** What profiles look like, learnt from the recorded ones of tests/fixtures, so that a larger one can be made like them. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface RawNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

interface RawProfile {
  readonly nodes: readonly RawNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface ProfileModel {
  /** The recorded functions, V8's own entries aside. */
  readonly frames: readonly RawNode['callFrame'][];
  /** Which depths a node had whose predecessor in depth-first order had a depth, by that depth. */
  readonly nextDepths: readonly (readonly number[])[];
  /** Deltas over the median delta of their recording. */
  readonly relativeDeltas: readonly number[];
  /** How often a sample is of the same node as the one before. */
  readonly stayRatio: number;
  /** The part of all samples that the tenth of the nodes with the most of them has. */
  readonly topTenthRatio: number;
  /** Nodes over samples ^ `NODE_GROWTH`. */
  readonly nodeFactor: number;
  /** Functions over nodes ^ `FUNCTION_GROWTH`. */
  readonly functionFactor: number;
}

/**
 * How the number of nodes grows with that of samples, and functions with nodes. A fixture is too short to tell: seen in
 * recordings of browserify and knip, 8140 and 3165 samples, by the power law through their halves and wholes.
 */
export const [NODE_GROWTH, FUNCTION_GROWTH] = [0.7, 0.5];

export function learnt(): ProfileModel {
  const folder = resolve(import.meta.dirname, '../../tests/fixtures');
  const profiles = globSync('*.cpuprofile', { cwd: folder }).map(
    (name): RawProfile => JSON.parse(readFileSync(join(folder, name), 'utf8')),
  );
  const samples = profiles.flatMap((profile) => profile.samples);
  const stays = profiles.flatMap((profile) =>
    profile.samples.filter((id, index) => id === profile.samples[index - 1]),
  );
  const frames = profiles.flatMap(({ nodes }) => nodes.map(({ callFrame }) => callFrame));
  return {
    frames: frames.filter(
      ({ functionName, url, lineNumber }, index) =>
        !functionName.startsWith('(') &&
        index ===
          frames.findIndex(
            (other) =>
              other.functionName === functionName && other.url === url && other.lineNumber === lineNumber,
          ),
    ),
    nextDepths: nextDepths(profiles.map(({ nodes }) => depthsOf(nodes))),
    relativeDeltas: profiles.flatMap(({ timeDeltas }) => {
      const later = timeDeltas.slice(1);
      const middle = later.toSorted((a, b) => a - b)[later.length >> 1] ?? 1;
      return later.map((delta) => delta / middle);
    }),
    stayRatio: stays.length / samples.length,
    topTenthRatio: mean(profiles.map(topTenth)),
    nodeFactor: mean(profiles.map(({ nodes, samples: of }) => nodes.length / of.length ** NODE_GROWTH)),
    functionFactor: mean(
      profiles.map(({ nodes }) => {
        const functions = new Set(nodes.map(({ callFrame }) => JSON.stringify(callFrame)));
        return functions.size / nodes.length ** FUNCTION_GROWTH;
      }),
    ),
  };
}

/** @param trees the depths of each tree's nodes in depth-first order */
function nextDepths(trees: readonly (readonly number[])[]): number[][] {
  const steps = trees.flatMap((depths) =>
    depths.slice(1).map((next, index) => ({ from: depths[index] ?? 0, next })),
  );
  const deepest = Math.max(...steps.map(({ from }) => from));
  return Array.from({ length: deepest + 1 }, (_, depth) =>
    steps.filter(({ from }) => from === depth).map(({ next }) => next),
  );
}

/** V8 writes its nodes in depth-first order. */
function depthsOf(nodes: readonly RawNode[]): number[] {
  const depthOf = new Map<number, number>();
  return nodes.map(({ id, children = [] }) => {
    const depth = depthOf.get(id) ?? 0;
    for (const child of children) depthOf.set(child, depth + 1);
    return depth;
  });
}

function topTenth({ nodes, samples }: RawProfile): number {
  const counts = new Map<number, number>();
  for (const id of samples) counts.set(id, (counts.get(id) ?? 0) + 1);
  const largest = [...counts.values()].toSorted((a, b) => b - a).slice(0, Math.ceil(nodes.length / 10));
  return largest.reduce((sum, count) => sum + count, 0) / samples.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
