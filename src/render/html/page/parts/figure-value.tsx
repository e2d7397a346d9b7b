import type { JSX } from 'preact';
import { signedAmount } from './amounts.ts';

/** A figure as the report's JSON has it, written out for a person. A dash where it is not known. */
export function Value({
  of,
  as,
}: {
  readonly of: number | null;
  readonly as: (value: number) => string;
}): JSX.Element {
  return of === null ? <span title="not known">–</span> : <data value={String(of)}>{as(of)}</data>;
}

/** A difference of time: ▼ and blue is less, ▲ and orange more, `~` what noise explains. */
export function Difference({ ms, noise }: { readonly ms: number; readonly noise: boolean }): JSX.Element {
  if (noise)
    return (
      <data value={String(ms)} title={`${signedAmount(ms)}, which noise explains`}>
        ~<span class="visually-hidden"> no difference beyond noise</span>
      </data>
    );
  return (
    <data value={String(ms)} class={ms === 0 ? '' : ms < 0 ? 'better' : 'worse'}>
      <span aria-hidden="true">{ms === 0 ? '' : ms < 0 ? '▼ ' : '▲ '}</span>
      {signedAmount(ms)}
    </data>
  );
}
