import { assertNever } from '../base/assert-never.ts';
import type { Measure } from '../profile/measure.ts';
import { flawWarnings } from './flaw-words.ts';
import { type Basis, isUneven } from './recording-basis.ts';
import type { RecordingSummary } from './recording-summary.ts';

/** What would decide what the recordings leave open. */
export function recordingRemedy(basis: Basis): string {
  switch (basis) {
    case 'time':
      return 'record more on each side (4 recordings give 97.1 % confidence), or run outpace bench, which interleaves both';
    case 'share':
      return 'record as many requests on both sides rather than as many seconds';
    default:
      return assertNever(basis);
  }
}

/** What has to be known of several recordings a side to read their differences rightly. */
export function recordingWarnings({
  before,
  after,
  basis,
  chosen,
  measure,
}: {
  readonly before: readonly RecordingSummary[];
  readonly after: readonly RecordingSummary[];
  readonly basis: Basis;
  /** By the user. */
  readonly chosen: boolean;
  readonly measure: Measure;
}): string[] {
  return [
    measure.isOrdered
      ? 'recordings tell neither calls, nor CPU time, nor memory; what lies between them is what their machines and moments differ in'
      : 'aggregated profiles have no duration: no gain is available, only the differences of what was counted, which hold for profiles of the same work',
    ...basisWarning(basis, chosen),
    ...(basis === 'time' && measure.isOrdered && (isUneven(before) || isUneven(after))
      ? [
          'recordings of one side differ in length by more than half: if somebody chose the lengths, times say nothing, and shares do (--by share)',
        ]
      : []),
    ...fewWarning(Math.min(before.length, after.length)),
    ...sameWarning([...before, ...after]),
    ...[...before, ...after].flatMap(flawWarnings),
  ];
}

function basisWarning(basis: Basis, chosen: boolean): string[] {
  if (basis === 'time') return [];
  return [
    ...(chosen
      ? []
      : [
          'the recordings are all of one length and were idle in part, as those of a service are: that length is not its speed (--by time, if these are whole runs)',
        ]),
    'shares of the busy time are compared: they hold if both sides did the same kind of work, however much of it; where one falls, the others rise, though they took no longer',
  ];
}

function fewWarning(recordings: number): string[] {
  if (recordings >= 4) return [];
  return [
    `${recordings} recording${recordings === 1 ? '' : 's'} on a side: with 4 on each, intervals reach 95 % confidence`,
  ];
}

/** The same bytes under two names are one measurement, not two. */
function sameWarning(recordings: readonly RecordingSummary[]): string[] {
  const alike = Map.groupBy(recordings, ({ wallMs, sampledMs, busyMs, threads }) =>
    JSON.stringify([wallMs, sampledMs, busyMs, threads.map(({ samples }) => samples)]),
  );
  return [...alike.values()]
    .filter((group) => group.length > 1)
    .map(
      (group) =>
        `${group.map(({ file }) => file).join(', ')} look like copies of one recording, and count as several`,
    );
}
