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
import type { Measure } from '../../profile/measure.ts';
import type { Frame } from '../../profile/model.ts';
import { frameNumbers } from './frame-numbers.ts';
import { measureOf, type Recording, stacksOf, valueIn } from './recording.ts';

/**
 * pprof's protobuf (github.com/google/pprof, proto/profile.proto), not compressed: sampled wall time in ns, or what the
 * profile counts; the thread as a label of each sample, where threads are known.
 */
export function pprof(recording: Recording): Uint8Array {
  const stringTable = new StringTable();
  const text = (value: string): number => stringTable.dedup(value);
  const measure = measureOf(recording);
  const [type, unit] = typeOf(measure);
  const counted = new ValueType({ type: text(type), unit: text(unit) });
  const scale = measure.unit === 'time' ? NS_PER_US : 1;
  const functions: PprofFunction[] = [];
  const locations: Location[] = [];
  const numberOf = frameNumbers((frame) => {
    const id = locations.length + 1;
    const name = text(frame.name === '' ? '(anonymous)' : frame.name);
    functions.push(
      new PprofFunction({ id, name, systemName: name, filename: text(frame.url), startLine: frame.line }),
    );
    locations.push(
      new Location({ id, line: [new Line({ functionId: id, line: frame.line, column: frame.column })] }),
    );
  });
  const locationId = (frame: Frame): number => numberOf(frame) + 1;
  const sample = recording.threads.flatMap((thread) =>
    Array.from(
      stacksOf(thread),
      ({ frames, selfUs }) =>
        new Sample({
          // pprof has the tip first.
          locationId: frames.map(locationId).toReversed(),
          value: [Math.round(valueIn(selfUs, measure) * scale)],
          label: measure.hasThreads ? [new Label({ key: text('thread'), str: text(thread.name) })] : [],
        }),
    ),
  );
  const longest = Math.max(0, ...recording.threads.map(({ window }) => window.endUs - window.startUs));
  return new Profile({
    sampleType: [counted],
    periodType: counted,
    sample,
    location: locations,
    function: functions,
    durationNanos: measure.isOrdered ? Math.round(longest * NS_PER_US) : 0,
    stringTable,
  }).encode();
}

/** Type and unit of the values, as pprof names them. */
function typeOf({ unit, isOrdered }: Measure): readonly [string, string] {
  if (unit === 'time') return [isOrdered ? 'wall' : 'time', 'nanoseconds'];
  return unit === 'bytes' ? ['space', 'bytes'] : [unit, 'count'];
}
