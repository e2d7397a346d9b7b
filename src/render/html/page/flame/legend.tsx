import type { JSX } from 'preact';
import { ACTIVITY_TITLES } from '../timeline/lanes.ts';
import { ORIGIN_TITLES, ORIGINS } from './origins.ts';

/** What the colours say, and how the picture is used. */
export function Legend({
  difference,
  strip,
}: {
  readonly difference: boolean;
  readonly strip: boolean;
}): JSX.Element {
  return (
    <>
      <ul class="flame-legend" aria-label="Colours">
        {difference ? (
          <>
            <Entry kind="less" title="▼ less time after" />
            <Entry kind="same" title="no change to be seen" />
            <Entry kind="more" title="▲ more time after" />
            <Entry kind="idle" title="hatched: idle" />
          </>
        ) : (
          ORIGINS.map((origin) => (
            <Entry
              key={origin}
              kind={origin}
              title={origin === 'idle' ? 'hatched: idle' : ORIGIN_TITLES[origin]}
            />
          ))
        )}
      </ul>
      {strip ? (
        <ul class="flame-legend" aria-label="The strip above the boxes">
          <li>The strip above the boxes, by the kernel’s accounts:</li>
          {(['working', 'collecting', 'queued', 'waiting'] as const).map((activity) => (
            <li key={activity}>
              <span class={`flame-swatch timeline-${activity}`} aria-hidden="true" />
              {ACTIVITY_TITLES[activity]}
            </li>
          ))}
        </ul>
      ) : null}
      <p class="note">
        Click a box to zoom to it, drag to move; Ctrl and the wheel, or two fingers, zoom. By keyboard: arrows
        go to the caller, what it calls, and its neighbours; Enter zooms, Escape shows all, + and − zoom, C
        copies the stack, / searches. Times are sampled wall time, waiting in a function included
        {difference ? '; of one run a side: Functions says which changes are beyond noise' : ''}.
      </p>
    </>
  );
}

function Entry({ kind, title }: { readonly kind: string; readonly title: string }): JSX.Element {
  return (
    <li>
      <span class={`flame-swatch flame-${kind}`} aria-hidden="true" />
      {title}
    </li>
  );
}
