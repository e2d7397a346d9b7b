import type { JSX } from 'preact';
import type { Comparison } from '../../../../compare/comparison.ts';
import { whole } from '../../../format.ts';
import { selfTitle } from '../parts/amounts.ts';
import { DeltaBar } from '../parts/delta-bar.tsx';
import { Difference, Value } from '../parts/figure-value.tsx';
import { ScrolledTable } from '../parts/picture.tsx';
import { Place } from '../parts/place.tsx';
import { FIRST_STATE, hashOf } from '../state.ts';

const SHOWN = 5;

/** The functions whose self time changed most. */
export function LargestChanges({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  const { functions, sampled } = comparison;
  const shown = functions.slice(0, SHOWN);
  const most = Math.max(0, ...shown.map(({ selfDeltaMs }) => Math.abs(selfDeltaMs.point)));
  return (
    <section class="changes" aria-labelledby="changes">
      <h2 id="changes">The largest changes</h2>
      <p class="note">
        {selfTitle()}, sampled, of all threads, waiting included; in all{' '}
        <Difference ms={sampled.deltaMs} noise={false} />. ▼ is less after, ▲ more, ~ what noise explains.
      </p>
      <ScrolledTable
        labelledBy="changes"
        columns={['function', 'difference', '', 'calls before', 'calls after']}
        rows={shown.map((one) => [
          <Place key="place" {...one} />,
          <Difference key="delta" ms={one.selfDeltaMs.point} noise={one.noise} />,
          <DeltaBar key="bar" value={one.selfDeltaMs.point} most={most} noise={one.noise} />,
          <Value key="before" of={one.calls.before} as={whole} />,
          <Value key="after" of={one.calls.after} as={whole} />,
        ])}
      />
      <p>
        <a href={hashOf({ ...FIRST_STATE, view: 'functions' })}>All {functions.length} functions</a>
      </p>
    </section>
  );
}
