import type { Profile, ValueType } from 'pprof-format';
import { COLUMN_PER_UNIT, scaleOf } from './measure.ts';
import type { Refuse } from './refusal.ts';

export type TextOf = (index: number | bigint) => string;

/** The value of each sample that is read, of the several that it may have. */
export interface ChosenValue {
  readonly index: number;
  /** As of a `Measure`. */
  readonly unit: string;
  /** How many µs, or thousandths of another unit, one has. */
  readonly scale: number;
  /** Its type and unit, as the file names them; and those that are not read. */
  readonly title: string;
  readonly others: readonly string[];
  /** How it was converted, where it was. */
  readonly note: string;
}

interface Candidate {
  readonly index: number;
  readonly type: string;
  readonly unit: string;
}

/**
 * What the file says is its default; else CPU time, wall time, or the last type that is a time; else the last, which is
 * pprof's own rule. Counts of samples alone become time where the file says how much time there is between two.
 */
export function chosenValue(profile: Profile, textOf: TextOf, refuse: Refuse): ChosenValue {
  const all = profile.sampleType.map(({ type, unit }, index) => ({
    index,
    type: textOf(type),
    unit: textOf(unit),
  }));
  const preferred = textOf(profile.defaultSampleType);
  const times = all.filter(({ unit }) => scaleOf(unit)?.unit === 'time');
  const chosen =
    (preferred === '' ? undefined : all.find(({ type }) => type === preferred)) ??
    times.find(({ type }) => type === 'cpu') ??
    times.find(({ type }) => type === 'wall') ??
    times.at(-1) ??
    all.at(-1) ??
    refuse('it has no type of value');
  const others = all.filter(({ index }) => index !== chosen.index).map(titleOf);
  return { index: chosen.index, title: titleOf(chosen), others, ...unitOf(chosen, { profile, textOf }) };
}

function titleOf({ type, unit }: Candidate): string {
  return type === unit || unit === '' ? type : `${type} (${unit})`;
}

function unitOf(
  { type, unit }: Candidate,
  { profile, textOf }: { readonly profile: Profile; readonly textOf: TextOf },
): Pick<ChosenValue, 'unit' | 'scale' | 'note'> {
  const known = scaleOf(unit);
  if (known !== null) return { ...known, note: '' };
  const isOfSamples = /^(?:samples?|events|)$/.test(type);
  const periodUs = isOfSamples ? periodOf(profile, textOf) : 0;
  if (periodUs > 0)
    return {
      unit: 'time',
      scale: periodUs,
      note: `, one every ${Number((periodUs / 1000).toPrecision(4))} ms`,
    };
  const counted = isOfSamples ? 'samples' : unit === 'count' || unit === '' ? type : unit;
  return { unit: printable(counted), scale: COLUMN_PER_UNIT, note: '' };
}

/** It is printed beside figures everywhere, and comes from a file that anybody may have made. */
function printable(name: string): string {
  return name.replaceAll(/[^\w .-]/g, '_').slice(0, 40);
}

/** µs between two samples; 0 where the period is not a time. */
function periodOf({ period, periodType }: Profile, textOf: TextOf): number {
  const found = periodType === undefined ? null : scaleOf(textOf((periodType satisfies ValueType).unit));
  return found?.unit === 'time' ? Number(period) * found.scale : 0;
}
