import { seededRandom } from '../src/base/random.ts';

const SAMPLES = 1_000_000;
const NODES = 20_000;
const FUNCTIONS = 3000;
const FILES = 97;
const DEEPEST = 40;

/**
 * A `.cpuprofile` of a million samples: a walk by chance over a tree of 20,000 calls of 3,000 functions, 100 µs a sample,
 * which mostly stays where it is or near, as a program does.
 */
export function millionSamples(seed: number): string {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const nodes = [node(1, '(root)', '', -1)];
  const [depths, parents] = [[0], [0]];
  for (let index = 1; index < NODES; index += 1) {
    let parent = Math.max(0, index - 1 - Math.floor(random() * below(index)));
    while ((depths[parent] ?? 0) > DEEPEST) parent = parents[parent] ?? 0;
    parents.push(parent);
    depths.push((depths[parent] ?? 0) + 1);
    const id = below(FUNCTIONS);
    nodes.push(node(index + 1, `function${id}`, `file:///srv/app/src/module${id % FILES}.js`, id));
    nodes[parent]?.children.push(index + 1);
  }
  let at = 1;
  const samples = Array.from({ length: SAMPLES }, () => {
    const chance = random();
    if (chance < 0.4) at = Math.min(NODES - 1, Math.max(1, at + below(40) - 20));
    else if (chance < 0.41) at = 1 + below(NODES - 1);
    return at + 1;
  });
  const timeDeltas = samples.map(() => 90 + below(20));
  const lastedUs = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  return JSON.stringify({ nodes, samples, timeDeltas, startTime: 1000, endTime: 1100 + lastedUs });
}

function node(id: number, functionName: string, url: string, lineNumber: number) {
  const callFrame = { functionName, scriptId: '1', url, lineNumber, columnNumber: 0 };
  return { id, callFrame, children: [] as number[] };
}
