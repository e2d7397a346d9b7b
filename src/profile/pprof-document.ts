import { Profile } from 'pprof-format';
import { messageOf } from '../base/errors.ts';
import type { Flaw } from './flaws.ts';
import type { RecordedThread, RecordedThreads } from './model.ts';
import { PprofFrames } from './pprof-frames.ts';
import { type PprofThread, threadOfSample } from './pprof-threads.ts';
import { chosenValue, type TextOf } from './pprof-values.ts';
import { brokenFieldOf } from './protobuf-extent.ts';
import type { Refuse } from './refusal.ts';
import { StackFrames } from './stack-frames.ts';
import { StackThread } from './stack-thread.ts';

/**
 * pprof's protobuf (github.com/google/pprof, proto/profile.proto), unpacked: aggregated stacks with one or more values
 * each, of which one is read, and labels, of which some name a thread.
 */
export function readPprof(bytes: Uint8Array, refuse: Refuse): RecordedThreads {
  const profile = decoded(bytes, refuse);
  const textOf: TextOf = (index) =>
    profile.stringTable.strings[Number(index)] ?? refuse(`it has no string ${index}: it is cut off`);
  const chosen = chosenValue(profile, textOf, refuse);
  const stackFrames = new StackFrames();
  const frames = new PprofFrames(profile, { textOf, stackFrames });
  const threads = new Map<string, PprofThread & { readonly stacks: StackThread }>();
  for (const [index, { locationId, value, label }] of profile.sample.entries()) {
    if (value.length !== profile.sampleType.length)
      refuse(
        `sample ${index + 1} has ${value.length} values, and the profile has ${profile.sampleType.length} types of value`,
      );
    // They are signed, and come as they stand in the file.
    const weight = Number(BigInt.asIntN(64, BigInt(value[chosen.index] ?? 0)));
    if (weight < 0)
      refuse(
        `sample ${index + 1} is negative, as in the difference of two profiles: give the two profiles instead`,
      );
    const found = threadOfSample(label, textOf);
    const thread = threads.get(found.key) ?? { ...found, stacks: new StackThread(stackFrames) };
    threads.set(found.key, thread);
    thread.stacks.add(thread.stacks.nodeOf(frames.stackOf(locationId)), weight * chosen.scale);
  }
  const flaws: Flaw[] = [
    ...(frames.missing === 0 ? [] : [{ kind: 'locations missing', locations: frames.missing } as const]),
    ...(chosen.others.length === 0 && chosen.note === ''
      ? []
      : [{ kind: 'values skipped', used: chosen.title + chosen.note, others: chosen.others } as const]),
  ];
  const hasThreads = [...threads.values()].some(({ isNamed }) => isNamed);
  const read = namedThreads([...threads.values()]).map(
    ({ name, stacks }): RecordedThread => ({ name, profile: stacks.finishUnordered(refuse) }),
  );
  const empty = () => [{ name: 'main', profile: new StackThread(stackFrames).finishUnordered(refuse) }];
  return {
    threads: read.length === 0 ? empty() : read,
    flaws,
    measure: { unit: chosen.unit, isOrdered: false, hasThreads },
  };
}

function decoded(bytes: Uint8Array, refuse: Refuse): Profile {
  if (bytes[0] === 0)
    return refuse("it is a profile in gperftools' old binary format: `pprof -proto` converts it");
  const broken = brokenFieldOf(bytes);
  if (broken !== null)
    return refuse(
      `as pprof it breaks off in the field at byte ${broken.toLocaleString('en')}: it is cut off, or of another format`,
    );
  let profile: Profile;
  try {
    profile = Profile.decode(bytes);
  } catch (error) {
    return refuse(`it cannot be decoded as pprof: ${messageOf(error)}`);
  }
  if (profile.sampleType.length === 0)
    refuse('as pprof it has no type of value: it is cut off, or of another format');
  return profile;
}

/** Main first; threads of one name are told apart by their ids. */
function namedThreads<Thread extends PprofThread>(threads: readonly Thread[]): Thread[] {
  const byName = Map.groupBy(threads, ({ name }) => name);
  return threads
    .map((thread) =>
      (byName.get(thread.name)?.length ?? 0) > 1
        ? { ...thread, name: `${thread.name} (${thread.id})` }
        : thread,
    )
    .toSorted((a, b) => Number(isMain(b)) - Number(isMain(a)));
}

function isMain({ name }: PprofThread): boolean {
  return /^main\b/i.test(name);
}
