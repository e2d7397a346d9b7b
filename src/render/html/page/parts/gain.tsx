import type { ComponentChildren, JSX } from 'preact';
import type { Verdict } from '../../../../compare/verdict.ts';

interface GainProps {
  readonly ratio: number;
  /** Only what is claimed has a colour. */
  readonly verdict: Verdict;
  readonly children: ComponentChildren;
}

/** A share of time saved, or lost below 0, which its sign says; the raw figure stands in the markup. */
export function Gain({ ratio, verdict, children }: GainProps): JSX.Element {
  const colour = { faster: 'better', slower: 'worse', unchanged: '', inconclusive: '' }[verdict.kind];
  return (
    <data value={String(ratio)} class={colour}>
      {children}
    </data>
  );
}
