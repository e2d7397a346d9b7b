import type { CpuProfile } from './model.ts';
import { RawThread } from './raw-thread.ts';
import type { Refuse } from './refusal.ts';
import type { StackFrames } from './stack-frames.ts';

const ROOT = 0;
const ROOT_FRAME = { name: '(root)', url: '', line: 0, column: 0 };
/** More frames than any file has; node and frame then fit into one exact number. */
const MOST_FRAMES = 2 ** 26;

/** One thread, built from whole stacks and their weights rather than from a call tree and samples. */
export class StackThread {
  readonly #frames: StackFrames;
  readonly #thread = new RawThread();
  readonly #callees = new Map<number, number>();
  /** By node, in the order in which the nodes were first seen. */
  readonly #weights = new Map<number, number>();
  readonly #startUs: number;
  #lastUs: number | null = null;

  /** @param startUs when it began, if its samples are in order */
  constructor(frames: StackFrames, startUs = 0) {
    this.#frames = frames;
    this.#startUs = startUs;
    this.#addNode(frames.indexOf(ROOT_FRAME));
  }

  /** The node at the tip of a stack; of an empty one the root. @param stack indices of frames, the outermost first */
  nodeOf(stack: Iterable<number>): number {
    let node = ROOT;
    for (const frame of stack) node = this.calleeOf(node, frame);
    return node;
  }

  calleeOf(node: number, frame: number): number {
    const key = node * MOST_FRAMES + frame;
    const known = this.#callees.get(key);
    if (known !== undefined) return known;
    const added = this.#addNode(frame);
    this.#thread.nodes.parents.push(added, node);
    this.#callees.set(key, added);
    return added;
  }

  /** Adds to what was spent at a node, at no known time. @param weight in µs, or thousandths of another unit */
  add(node: number, weight: number): void {
    if (weight !== 0) this.#weights.set(node, (this.#weights.get(node) ?? 0) + weight);
  }

  /** Says which node was at the tip from a moment on; moments come in order. */
  moveTo(node: number, atUs: number): void {
    this.#thread.samples.push(node);
    this.#thread.timeDeltas.push(atUs - (this.#lastUs ?? this.#startUs));
    this.#lastUs = atUs;
  }

  /** As samples in the order of time. */
  finishOrdered(endUs: number, refuse: Refuse): CpuProfile {
    return this.#finish(Math.max(endUs, this.#lastUs ?? endUs), refuse);
  }

  /** As one sample for each node, one behind the other from 0 on: the times mean nothing, only what lies between them. */
  finishUnordered(refuse: Refuse): CpuProfile {
    let sum = 0;
    for (const [node, weight] of this.#weights) {
      this.moveTo(node, sum);
      sum += weight;
    }
    return this.#finish(sum, refuse);
  }

  #finish(endUs: number, refuse: Refuse): CpuProfile {
    this.#thread.startTimeUs = this.#startUs;
    this.#thread.endTimeUs = endUs;
    return this.#thread.finish(this.#frames.frames, refuse).profile;
  }

  #addNode(frame: number): number {
    const { nodes } = this.#thread;
    const id = nodes.length;
    nodes.ids.push(id);
    nodes.frames.push(frame);
    return id;
  }
}
