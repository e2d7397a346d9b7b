import { compareRecordings } from '../../src/compare/many-profiles.ts';
import type { Basis } from '../../src/compare/recording-basis.ts';
import { type RecordingSummary, recordingSummary } from '../../src/compare/recording-summary.ts';
import { profileFromColumns } from './profile-from-columns.ts';

/** So many samples of 1 ms of each function below `main`, or of V8's own entries. */
export type Drawn = Readonly<Record<string, number>>;

interface DrawnSide {
  readonly name: string;
  readonly drawn: readonly Drawn[];
  /** Where the program lay, with its closing slash. */
  readonly folder: string;
}

/** Two sides of recordings of which all is known. */
export function comparedDrawings(
  before: DrawnSide,
  after: DrawnSide,
  basis: Basis | null = null,
): ReturnType<typeof compareRecordings> {
  const side = ({ name, drawn, folder }: DrawnSide) => ({
    name,
    recordings: drawn.map((one, index) => drawnRecording(one, { file: `${name}${index + 1}`, folder })),
  });
  return compareRecordings({ before: side(before), after: side(after), basis, toleranceRatio: 0.02 });
}

function drawnRecording(
  drawn: Drawn,
  { file, folder }: { readonly file: string; readonly folder: string },
): RecordingSummary {
  const columns = Object.entries(drawn).flatMap(([name, samples]) =>
    Array.from({ length: samples }, () => (name.startsWith('(') ? [name, '.'] : ['main', name])),
  );
  const picture = [0, 1].map((row) => columns.map((column) => column[row]).join(' ')).join('\n');
  const profile = profileFromColumns(picture);
  const frames = profile.frames.map((frame) => ({
    ...frame,
    url: frame.url.replace('file:///', `file:///${folder}`),
  }));
  return recordingSummary({ file, flaws: [], threads: [{ name: 'main', profile: { ...profile, frames } }] });
}
