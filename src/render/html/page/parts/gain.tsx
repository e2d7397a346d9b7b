import type { ComponentChildren, JSX } from 'preact';

/** A share of time saved, or lost below 0, which its sign says; the raw figure stands in the markup. */
export function Gain({
  ratio,
  children,
}: {
  readonly ratio: number;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <data value={String(ratio)} class={ratio >= 0 ? 'better' : 'worse'}>
      {children}
    </data>
  );
}
