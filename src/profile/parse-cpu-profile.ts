import { FrameTable, fromOne } from './frame-table.ts';
import { isRecord } from './json-values.ts';
import type { CpuProfile } from './model.ts';
import { RawThread } from './raw-thread.ts';
import { type Refuse, refusalOf } from './refusal.ts';
import { TextTable } from './text-table.ts';

/**
 * A profile as the inspector gives it, its parts held against one another; nodes come out parents first, samples by time.
 *
 * @param raw from another process
 * @param source what to call it in an error
 * @throws OutpaceError MALFORMED_PROFILE saying what was found
 */
export function parseCpuProfile(raw: unknown, source: string): CpuProfile {
  const refuse = refusalOf(source);
  if (!isRecord(raw)) return refuse('it is not an object');
  const { nodes, samples, timeDeltas, startTime, endTime } = raw;
  if (!Array.isArray(nodes)) return refuse('it has no nodes');
  if (!isNumberArray(samples) || !isNumberArray(timeDeltas))
    return refuse('it has no samples and timeDeltas of numbers');
  const thread = new RawThread();
  const texts = new TextTable();
  const frames = new FrameTable(texts);
  for (const node of nodes) addNode(node, { thread, texts, frames, refuse });
  for (const id of samples) thread.samples.push(id);
  for (const deltaUs of timeDeltas) thread.timeDeltas.push(deltaUs);
  if (typeof startTime === 'number') thread.startTimeUs = startTime;
  if (typeof endTime === 'number') thread.endTimeUs = endTime;
  const { profile, skipped } = thread.finish(frames.frames, refuse);
  if (skipped.samples > 0) refuse(`${skipped.samples} samples name nodes that do not exist`);
  if (skipped.nodes > 0) refuse(`${skipped.nodes} nodes are named as callers or callees, and do not exist`);
  return profile;
}

/** As V8 gives it where there is no place. */
const NOWHERE = -1;

interface Sink {
  readonly thread: RawThread;
  readonly texts: TextTable;
  readonly frames: FrameTable;
  readonly refuse: Refuse;
}

/** @returns how many nodes there are now */
function addNode(node: unknown, { thread: { nodes }, texts, frames, refuse }: Sink): number {
  if (!isRecord(node) || typeof node.id !== 'number') return refuse('a node has no numeric id');
  const { id, callFrame, parent, children } = node;
  if (!isRecord(callFrame) || typeof callFrame.functionName !== 'string')
    return refuse(`node ${id} has no callFrame.functionName`);
  const { functionName, url, lineNumber, columnNumber } = callFrame;
  const row = nodes.length;
  nodes.ids.push(id);
  nodes.frames.push(
    frames.indexOf({
      name: texts.ofString(functionName),
      url: texts.ofString(typeof url === 'string' ? url : ''),
      line: fromOne(typeof lineNumber === 'number' ? lineNumber : NOWHERE),
      column: fromOne(typeof columnNumber === 'number' ? columnNumber : NOWHERE),
    }),
  );
  if (typeof parent === 'number') nodes.parents.push(row, parent);
  for (const child of isNumberArray(children) ? children : []) nodes.children.push(row, child);
  return nodes.length;
}

function isNumberArray(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isFinite(item));
}
