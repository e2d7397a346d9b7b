import type { Flaw } from './flaws.ts';
import { isRecord, numberIn, textIn } from './json-values.ts';
import { COLUMN_PER_UNIT, scaleOf } from './measure.ts';
import type { CpuProfile, Frame, RecordedThread, RecordedThreads } from './model.ts';
import type { Refuse } from './refusal.ts';
import { readEvents, readSamples } from './speedscope-stacks.ts';
import { StackFrames } from './stack-frames.ts';
import { StackThread } from './stack-thread.ts';
import { jsonOf } from './whole-document.ts';

/** Why one profile of several cannot be read. */
class Unreadable extends Error {}

/**
 * speedscope's own format (https://www.speedscope.app/file-format-schema.json): a thread a profile, all of one unit.
 * Those of another unit than the one that the file opens with, and broken ones, are skipped.
 */
export function readSpeedscope(bytes: Uint8Array, refuse: Refuse): RecordedThreads {
  const document = jsonOf(bytes, refuse);
  if (!isRecord(document) || !isRecord(document.shared) || !Array.isArray(document.shared.frames))
    return refuse('it has no shared.frames');
  const { profiles } = document;
  if (!Array.isArray(profiles) || profiles.length === 0) return refuse('it has no profiles');
  const frames = new StackFrames();
  const indices = document.shared.frames.map((frame, index) =>
    frames.indexOf(frameOf(frame) ?? refuse(`shared.frames[${index}] has no name`)),
  );
  const units = profiles.map((profile) => (isRecord(profile) ? unitOf(profile) : null));
  const unit = units[numberIn(document, 'activeProfileIndex') ?? 0] ?? units.find((one) => one !== null);
  if (unit === null || unit === undefined) return refuse('no profile has a unit that is known');
  const threads: RecordedThread[] = [];
  const flaws: Flaw[] = [];
  for (const [index, profile] of profiles.entries()) {
    const name = (isRecord(profile) && textIn(profile, 'name')) || `profile ${index + 1}`;
    try {
      if (!isRecord(profile)) throw new Unreadable(`profiles[${index}] is not an object`);
      if (units[index]?.unit !== unit.unit)
        throw new Unreadable(`its unit is ${JSON.stringify(profile.unit)}, and that of the first is another`);
      const scale = units[index]?.scale ?? 1;
      threads.push({
        name,
        profile: threadOf(profile, { frames, indices, scale, path: `profiles[${index}]` }),
      });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      flaws.push({ kind: 'thread skipped', thread: name, why: error.message });
    }
  }
  const [flaw] = flaws;
  if (threads.length === 0 && flaw?.kind === 'thread skipped') return refuse(flaw.why);
  const hasThreads = profiles.length > 1;
  return { threads, flaws, measure: { unit: unit.unit, isOrdered: unit.unit === 'time', hasThreads } };
}

/** Without a unit, a weight is a number of samples. */
function unitOf(profile: Readonly<Record<string, unknown>>) {
  if (profile.unit === 'none') return { unit: 'samples', scale: COLUMN_PER_UNIT };
  return typeof profile.unit === 'string' ? scaleOf(profile.unit) : null;
}

function frameOf(value: unknown): Frame | null {
  const name = isRecord(value) ? textIn(value, 'name') : null;
  if (!isRecord(value) || name === null) return null;
  const [line, column] = [numberIn(value, 'line') ?? 0, numberIn(value, 'col') ?? 0];
  return { name, url: textIn(value, 'file') ?? '', line, column };
}

interface Context {
  readonly frames: StackFrames;
  readonly indices: readonly number[];
  readonly scale: number;
  readonly path: string;
}

function threadOf(
  profile: Readonly<Record<string, unknown>>,
  { frames, indices, scale, path }: Context,
): CpuProfile {
  const fail = (found: string): never => {
    throw new Unreadable(`${path}${found}`);
  };
  const startValue = numberIn(profile, 'startValue') ?? fail('.startValue is not a number');
  const endValue = numberIn(profile, 'endValue') ?? fail('.endValue is not a number');
  if (endValue < startValue) fail('.endValue is less than its startValue');
  const thread = new StackThread(frames, startValue * scale);
  const reading = { thread, indices, scale, startValue, endValue, fail };
  const endUs = scale * lastValue(profile, reading);
  return thread.finishOrdered(endUs, (found) => fail(`: ${found}`));
}

function lastValue(profile: Readonly<Record<string, unknown>>, reading: Parameters<typeof readSamples>[1]) {
  if (profile.type === 'sampled') return readSamples(profile, reading);
  if (profile.type === 'evented') return readEvents(profile, reading);
  return reading.fail(`.type is ${JSON.stringify(profile.type)}, neither "sampled" nor "evented"`);
}
