import {
  Label,
  Line,
  Location,
  Function as PprofFunction,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { NS_PER_US } from '../../base/units.ts';
import type { Frame } from '../../profile/model.ts';
import { frameNumbers } from './frame-numbers.ts';
import { type Recording, stacksOf } from './recording.ts';

/**
 * pprof's protobuf (github.com/google/pprof, proto/profile.proto), not compressed: sampled wall time in ns, the thread as
 * a label of each sample.
 */
export function pprof(recording: Recording): Uint8Array {
  const stringTable = new StringTable();
  const text = (value: string): number => stringTable.dedup(value);
  const wall = new ValueType({ type: text('wall'), unit: text('nanoseconds') });
  const functions: PprofFunction[] = [];
  const locations: Location[] = [];
  const numberOf = frameNumbers((frame) => {
    const id = locations.length + 1;
    const name = text(frame.name === '' ? '(anonymous)' : frame.name);
    functions.push(
      new PprofFunction({ id, name, systemName: name, filename: text(frame.url), startLine: frame.line }),
    );
    locations.push(new Location({ id, line: [new Line({ functionId: id, line: frame.line })] }));
  });
  const locationId = (frame: Frame): number => numberOf(frame) + 1;
  const sample = recording.threads.flatMap((thread) =>
    Array.from(
      stacksOf(thread),
      ({ frames, selfUs }) =>
        new Sample({
          // pprof has the tip first.
          locationId: frames.map(locationId).toReversed(),
          value: [Math.round(selfUs * NS_PER_US)],
          label: [new Label({ key: text('thread'), str: text(thread.name) })],
        }),
    ),
  );
  const longest = Math.max(0, ...recording.threads.map(({ window }) => window.endUs - window.startUs));
  return new Profile({
    sampleType: [wall],
    periodType: wall,
    sample,
    location: locations,
    function: functions,
    durationNanos: Math.round(longest * NS_PER_US),
    stringTable,
  }).encode();
}
