import { isRecord, numberIn } from './json-values.ts';
import type { StackThread } from './stack-thread.ts';

interface Reading {
  readonly thread: StackThread;
  /** Of the shared frames, where the thread's own are. */
  readonly indices: readonly number[];
  /** How many µs, or thousandths of another unit, a value has. */
  readonly scale: number;
  readonly startValue: number;
  readonly endValue: number;
  /** Throws, saying what is wrong where in the profile. */
  readonly fail: (found: string) => never;
}

type JsonRecord = Readonly<Record<string, unknown>>;

/** Stacks with their weights, one behind the other. An empty stack before the first is a later start. @returns where the last ends */
export function readSamples(profile: JsonRecord, reading: Reading): number {
  const { samples, weights } = profile;
  const { thread, indices, scale, startValue, fail } = reading;
  if (!Array.isArray(samples)) return fail('.samples is not a list');
  if (!Array.isArray(weights)) return fail('.weights is not a list');
  if (samples.length !== weights.length)
    return fail(`: ${samples.length} samples but ${weights.length} weights`);
  let at = startValue;
  let hasBegun = false;
  for (const [index, stack] of samples.entries()) {
    const weight: unknown = weights[index];
    if (typeof weight !== 'number' || !(weight >= 0))
      return fail(`.weights[${index}] is not a number from 0 on`);
    if (!Array.isArray(stack)) return fail(`.samples[${index}] is not a list`);
    hasBegun ||= stack.length > 0;
    if (hasBegun && weight > 0) {
      const frames = stack.map(
        (frame: unknown) =>
          frameAt(indices, frame) ??
          fail(`.samples[${index}] names the frame ${JSON.stringify(frame)}, which does not exist`),
      );
      thread.moveTo(thread.nodeOf(frames), at * scale);
    }
    at += weight;
  }
  return at;
}

/** Frames that open and close; what is open at the end is closed there. @returns where the profile ends */
export function readEvents({ events }: JsonRecord, reading: Reading): number {
  const { thread, indices, scale, startValue, fail } = reading;
  if (!Array.isArray(events)) return fail('.events is not a list');
  const open: { frame: number; node: number }[] = [];
  let at = startValue;
  let hasBegun = false;
  for (const [index, event] of events.entries()) {
    const path = `.events[${index}]`;
    if (!isRecord(event)) return fail(`${path} is not an object`);
    const time = numberIn(event, 'at') ?? fail(`${path}.at is not a number`);
    if (time < at) return fail(`${path} lies before the event before it`);
    const frame =
      frameAt(indices, event.frame) ??
      fail(`${path} names the frame ${JSON.stringify(event.frame)}, which does not exist`);
    if (time > at && hasBegun) thread.moveTo(open.at(-1)?.node ?? thread.nodeOf([]), at * scale);
    at = time;
    hasBegun = true;
    if (event.type === 'O') open.push({ frame, node: thread.calleeOf(open.at(-1)?.node ?? 0, frame) });
    else if (event.type !== 'C')
      return fail(`${path}.type is ${JSON.stringify(event.type)}, neither "O" nor "C"`);
    else if (open.pop()?.frame !== frame)
      return fail(`${path} closes a frame that is not the innermost open one`);
  }
  if (reading.endValue > at && hasBegun) thread.moveTo(open.at(-1)?.node ?? thread.nodeOf([]), at * scale);
  return Math.max(at, reading.endValue);
}

function frameAt(indices: readonly number[], frame: unknown): number | undefined {
  return typeof frame === 'number' ? indices[frame] : undefined;
}
