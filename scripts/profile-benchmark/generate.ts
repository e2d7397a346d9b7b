/** Writes a profile of about so many bytes, drawn from a model of real ones; a stream, whatever its size. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { FUNCTION_GROWTH, NODE_GROWTH, type ProfileModel } from './model.ts';

/** V8's own by default, and what `--cpu-prof` asks for. */
const INTERVAL_US = 1000;
/** Four of 11,305 deltas of the recordings that the growth was seen in, none below −4 µs. */
const NEGATIVE = { ratio: 1 / 2800, lowestUs: -4 };
const CHUNK_CHARACTERS = 1 << 16;
const ENGINE = ['(program)', '(garbage collector)', '(idle)'];

export interface Shape {
  readonly samples: number;
  readonly nodes: number;
}

interface Plan extends Shape {
  readonly model: ProfileModel;
  readonly functions: number;
  readonly seed: number;
}

export async function generate(
  file: string,
  options: {
    readonly model: ProfileModel;
    readonly sizeBytes: number;
    readonly seed: number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { model, sizeBytes, seed, signal } = options;
  const shape = shapeFor(model, sizeBytes);
  const functions = Math.max(1, Math.round(model.functionFactor * shape.nodes ** FUNCTION_GROWTH));
  const plan = { ...shape, model, functions, seed };
  await pipeline(Readable.from(inChunks(text(plan))), createWriteStream(file), { signal });
}

/** How many samples and nodes make up a size, by halving. */
function shapeFor(model: ProfileModel, sizeBytes: number): Shape {
  const bytesOf = (samples: number) => {
    const nodes = nodesOf(model, samples);
    const digits = Math.log10(nodes);
    return nodes * (NODE_BYTES + 3 * digits) + samples * (digits + SAMPLE_BYTES);
  };
  let [low, high] = [1, sizeBytes];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (bytesOf(middle) > sizeBytes) high = middle;
    else low = middle;
  }
  return { samples: low, nodes: nodesOf(model, low) };
}

/** Of a node besides its number, which its parent's list repeats, and of a sample besides its node's. */
const [NODE_BYTES, SAMPLE_BYTES] = [188, 5.2];

function nodesOf({ nodeFactor }: ProfileModel, samples: number): number {
  return Math.max(ENGINE.length + 2, Math.round(nodeFactor * samples ** NODE_GROWTH));
}

function* text(plan: Plan): Generator<string> {
  const hits = new Int32Array(plan.nodes + 1);
  for (const id of sampledIds(plan)) hits[id] = (hits[id] ?? 0) + 1;
  yield '{"nodes":[';
  yield* nodes(plan, hits);
  const startTime = 1_000_000_000;
  let endTime = startTime;
  for (const delta of deltas(plan)) endTime += delta;
  yield `],"startTime":${startTime},"endTime":${endTime + INTERVAL_US},"samples":[`;
  yield* list(sampledIds(plan));
  yield '],"timeDeltas":[';
  yield* list(deltas(plan));
  yield ']}';
}

function* list(values: Iterable<number>): Generator<string> {
  let separator = '';
  for (const value of values) {
    yield separator + value;
    separator = ',';
  }
}

function* nodes({ nodes: count, model, functions, seed }: Plan, hits: Int32Array): Generator<string> {
  const random = seededRandom(seed + 1);
  const children = childrenOf(depths(model, count, random), count);
  for (let id = 1; id <= count; id += 1) {
    const own = children.next().value ?? [];
    const hitCount = hits[id] ?? 0;
    const frame = frameOf(id, { model, functions, random });
    const after = own.length === 0 ? '' : `,"children":[${own.join()}]`;
    // V8 gives its own entries no lines.
    const ticks =
      hitCount === 0 || frame.lineNumber < 0
        ? ''
        : `,"positionTicks":[{"line":${frame.lineNumber + 1},"ticks":${hitCount}}]`;
    yield `${id === 1 ? '' : ','}{"id":${id},"callFrame":${JSON.stringify(frame)},"hitCount":${hitCount}${after}${ticks}}`;
  }
}

/** In depth-first order: the root, V8's own entries, then a walk over depths as the recorded trees make it. */
function depths({ nextDepths }: ProfileModel, count: number, random: Random): Int32Array {
  const result = new Int32Array(count).fill(1);
  result[0] = 0;
  let depth = 1;
  for (let index = ENGINE.length + 1; index < count; index += 1) {
    result[index] = depth;
    const next = nextDepths[depth] ?? [1];
    depth = Math.max(1, next[Math.floor(random() * next.length)] ?? 1);
  }
  return result;
}

/** The ids of each node's children, node after node. */
function* childrenOf(depthOfNode: Int32Array, count: number): Generator<number[]> {
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  const lastAt: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const depth = depthOfNode[index] ?? 0;
    const sibling = lastAt[depth];
    const parent = lastAt[depth - 1] ?? 0;
    if (index > 0 && (sibling === undefined || sibling < parent)) first[parent] = index;
    else if (sibling !== undefined) next[sibling] = index;
    lastAt[depth] = index;
  }
  for (let index = 0; index < count; index += 1) {
    const children: number[] = [];
    for (let child = first[index] ?? -1; child !== -1; child = next[child] ?? -1) children.push(child + 1);
    yield children;
  }
}

/** A recorded function, or one of its namesakes in a package of its own: a larger program has more files, not more names. */
function frameOf(
  id: number,
  { model, functions, random }: { model: ProfileModel; functions: number; random: Random },
) {
  const engine = id === 1 ? '(root)' : ENGINE[id - 2];
  if (engine !== undefined)
    return { functionName: engine, scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };
  // A few functions are called from everywhere.
  const number = Math.floor(functions * random() ** 2);
  const frame = model.frames[number % model.frames.length];
  const copy = Math.floor(number / model.frames.length);
  const { functionName = '', url = '', lineNumber = 0, columnNumber = 0 } = frame ?? {};
  const file = url.split('/').at(-1) || 'index.js';
  return {
    functionName,
    scriptId: String(100 + copy),
    url: copy === 0 ? url : `file:///srv/app/node_modules/package-${copy}/dist/${file}`,
    lineNumber,
    columnNumber,
  };
}

/** The same samples whenever they are asked for. */
function* sampledIds({ model, samples, nodes: count, seed }: Plan): Generator<number> {
  const random = seededRandom(seed + 2);
  // With u uniform, u^k lies below a tenth as often as the busiest tenth was sampled.
  const power = Math.log(0.1) / Math.log(model.topTenthRatio);
  const stride = coprimeNear(Math.round(count * 0.618), count - 1);
  let id = 2;
  for (let index = 0; index < samples; index += 1) {
    // By a stride, so that the busy nodes lie anywhere in the tree, the root aside.
    if (random() >= model.stayRatio)
      id = 2 + ((Math.floor((count - 1) * random() ** power) * stride) % (count - 1));
    yield id;
  }
}

function coprimeNear(start: number, count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let value = Math.max(1, start);
  while (divisor(value, count) !== 1) value += 1;
  return value;
}

function* deltas({ model, samples, seed }: Plan): Generator<number> {
  const random = seededRandom(seed + 3);
  for (let index = 0; index < samples; index += 1) {
    const relative = model.relativeDeltas[Math.floor(random() * model.relativeDeltas.length)] ?? 1;
    const jitter = Math.round(INTERVAL_US * relative + 20 * (random() - 0.5));
    yield random() < NEGATIVE.ratio ? Math.floor(NEGATIVE.lowestUs * random()) : Math.max(0, jitter);
  }
}

function* inChunks(parts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const part of parts) {
    chunk += part;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
