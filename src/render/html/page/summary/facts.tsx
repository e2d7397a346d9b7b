import type { JSX } from 'preact';
import type { Comparison } from '../../../../compare/comparison.ts';
import { mebibytes, seconds, whole } from '../../../format.ts';
import { Value } from '../parts/figure-value.tsx';
import { ScrolledTable } from '../parts/picture.tsx';

/** What each side took. */
export function Facts({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  const { before, after, split } = comparison;
  const row = (what: string, values: readonly (number | null)[], as: (value: number) => string) => [
    what,
    ...values.map((value, side) => <Value key={side} of={value} as={as} />),
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">What each side took</h2>
      <ScrolledTable
        labelledBy="facts"
        columns={['', before.implementation, after.implementation]}
        rows={[
          row('time (median)', [before.wallMs?.point ?? null, after.wallMs?.point ?? null], seconds),
          row('CPU, all threads', [before.cpuMs?.point ?? null, after.cpuMs?.point ?? null], seconds),
          row('parallelism', [split?.parallelism.before ?? null, split?.parallelism.after ?? null], (value) =>
            value.toFixed(2),
          ),
          row('threads', [before.threads, after.threads], whole),
          row('function calls', [before.totalCalls, after.totalCalls], whole),
          row(
            'peak memory',
            [before.peakRssBytes?.point ?? null, after.peakRssBytes?.point ?? null],
            mebibytes,
          ),
        ]}
      />
    </section>
  );
}
