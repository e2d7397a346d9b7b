import './distributions.css';
import type { JSX } from 'preact';
import type { BenchMode } from '../../../../compare/bench-report.ts';
import type { BothSides } from '../../model.ts';
import { pairsOnPage } from '../pairs-on-page.ts';
import type { ViewProps } from '../state.ts';
import { drawnPairs } from './drawn-pairs.ts';
import { RatiosPicture } from './ratios-picture.tsx';
import { SpreadPicture } from './spread-picture.tsx';
import { TimesPicture } from './times-picture.tsx';
import { WalshPicture } from './walsh-picture.tsx';

const TITLES = {
  cold: 'Cold: the only run of a fresh process',
  steady: 'Steady: the median of many runs in a process, after its warm-up',
} satisfies Record<BenchMode, string>;

/** Every time that was measured, and how the interval came of them. */
export function Distributions({ page: { data } }: ViewProps): JSX.Element {
  const shown = pairsOnPage(data);
  const { before, after } = data.comparison;
  const names = { before: before.implementation, after: after.implementation };
  return (
    <>
      {shown.map(({ mode, pairs, gainRatio }) => (
        <section key={mode} aria-label={TITLES[mode]}>
          <h2>{TITLES[mode]}</h2>
          <p class="note">
            {pairs.length} pairs of fresh processes, one after the other, in random order. A pair is what is
            counted: both of its processes met the same machine.
            {drawnPairs(pairs).length < pairs.length &&
              ` The pictures draw ${drawnPairs(pairs).length} of them, evenly spaced; all figures are of all pairs.`}
          </p>
          <div class="pictures">
            <TimesPicture names={names} pairs={pairs} />
            <SpreadPicture
              names={names}
              timesMs={{
                before: pairs.map(({ beforeMs }) => beforeMs),
                after: pairs.map(({ afterMs }) => afterMs),
              }}
            />
            <RatiosPicture pairs={pairs} gainRatio={gainRatio} />
            <WalshPicture pairs={pairs} gainRatio={gainRatio} />
          </div>
        </section>
      ))}
      <ProfiledRuns page={data} names={names} paired={shown.length > 0} />
    </>
  );
}

interface ProfiledRunsProps {
  readonly page: ViewProps['page']['data'];
  readonly names: BothSides<string>;
  readonly paired: boolean;
}

/** The timing runs of the two profiles, which are what is compared where there are no pairs. */
function ProfiledRuns({ page: { profiles }, names, paired }: ProfiledRunsProps): JSX.Element | null {
  const { before, after } = profiles;
  if (paired) return null;
  if (before === null || after === null)
    return (
      <p class="note">
        Two recordings and nothing else: one run each, of which no distribution is known.{' '}
        <code>outpace bench</code> measures one.
      </p>
    );
  return (
    <section aria-label="The profiles’ own runs">
      <h2>The profiles’ own runs</h2>
      <p class="note">
        Not measured in pairs: the gain is the Hodges–Lehmann shift of the logarithms of these times, the
        interval that of the rank-sum test. <code>outpace gain</code> measures pairs.
      </p>
      <SpreadPicture names={names} timesMs={{ before: before.timing.runsMs, after: after.timing.runsMs }} />
    </section>
  );
}
