import './summary.css';
import type { JSX } from 'preact';
import { assertNever } from '../../../../base/assert-never.ts';
import type { Comparison } from '../../../../compare/comparison.ts';
import type { Verdict } from '../../../../compare/verdict.ts';
import type { Estimate } from '../../../../stats/estimate.ts';
import { NO_GAIN, totalsText } from '../../../amount.ts';
import { interval, percent } from '../../../format.ts';
import { idleSentences } from '../../../idle-text.ts';
import { mismatchText } from '../../../mismatch-text.ts';
import type { Figures } from '../embedded.ts';
import { pairsOnPage } from '../pairs-on-page.ts';
import { Gain } from '../parts/gain.tsx';
import type { ViewProps } from '../state.ts';
import { Facts } from './facts.tsx';
import { GainPicture } from './gain-picture.tsx';
import { LargestChanges } from './largest-changes.tsx';
import { NoVerdict } from './no-verdict.tsx';
import { SplitPicture } from './split-picture.tsx';

/** What is to be known first: how much, how sure, and why. */
export function Summary({ page }: ViewProps): JSX.Element {
  const { comparison } = page.data;
  const mismatch = mismatchText(comparison);
  return (
    <>
      {mismatch === null ? <Headline {...page.data} /> : <NoVerdict {...mismatch} />}
      <div class="columns">
        <Facts comparison={comparison} />
        {mismatch === null && comparison.gainRatio !== null ? (
          <SplitPicture split={comparison.split} />
        ) : null}
      </div>
      <LargestChanges comparison={comparison} />
      <Warnings comparison={comparison} />
    </>
  );
}

function Headline(data: Figures): JSX.Element {
  const { comparison, bench } = data;
  const pairs = pairsOnPage(data)[0]?.pairs ?? null;
  return (
    <>
      {comparison.gainRatio === null ? (
        <Totals comparison={comparison} />
      ) : (
        <>
          <Claimed comparison={comparison} gainRatio={comparison.gainRatio} pairs={pairs?.length ?? null} />
          <GainPicture
            gainRatio={comparison.gainRatio}
            pairs={pairs}
            toleranceRatio={bench?.toleranceRatio ?? null}
          />
        </>
      )}
    </>
  );
}

/** Of profiles without a duration: what was counted on each side. */
function Totals({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  return (
    <section class="headline" aria-labelledby="headline">
      <h1 id="headline">{totalsText(comparison)}</h1>
      <p class="headline-verdict">{NO_GAIN}.</p>
    </section>
  );
}

interface ClaimedProps {
  readonly comparison: Comparison;
  readonly gainRatio: Estimate;
  /** How many there are; null where the sides were not measured in pairs. */
  readonly pairs: number | null;
}

function Claimed({ comparison, gainRatio, pairs }: ClaimedProps): JSX.Element {
  return (
    <section class="headline" aria-labelledby="headline">
      <h1 id="headline">
        <span class="headline-figure">
          <Gain ratio={gainRatio.point} verdict={comparison.verdict}>
            {percent(gainRatio.point)}
          </Gain>
        </span>{' '}
        efficiency gain
      </h1>
      <p class="headline-verdict">
        <Claim verdict={comparison.verdict} after={comparison.after.implementation} />
      </p>
      {idleSentences(comparison).map((sentence) => (
        <p key={sentence}>{sentence}.</p>
      ))}
      <p class="note">
        <Interval estimate={gainRatio} />, from{' '}
        {pairs === null
          ? 'the two profiles’ own runs, which were not measured in turns: a weaker claim than that of pairs'
          : `${pairs} interleaved pairs of fresh processes`}
        . Efficiency gain is the part of the old time that is saved, (T old − T new) / T old.
      </p>
    </section>
  );
}

function Interval({ estimate }: { readonly estimate: Estimate }): JSX.Element {
  const { low, high } = estimate;
  return (
    <span class="interval" data-low={String(low)} data-high={String(high)}>
      {interval(estimate, percent)}
    </span>
  );
}

function Claim({ verdict, after }: { readonly verdict: Verdict; readonly after: string }): JSX.Element {
  switch (verdict.kind) {
    case 'faster':
    case 'slower':
      return (
        <strong>
          {after} is {verdict.kind}
        </strong>
      );
    case 'unchanged':
      return (
        <strong>
          {after} is as fast, within {percent(verdict.toleranceRatio, 0)}
        </strong>
      );
    case 'inconclusive':
      return (
        <>
          <strong>Inconclusive.</strong> To decide: {verdict.remedy}
        </>
      );
    default:
      return assertNever(verdict);
  }
}

function Warnings({
  comparison: { warnings, outputsEqual },
}: {
  readonly comparison: Comparison;
}): JSX.Element {
  return (
    <section class="warnings" aria-labelledby="warnings">
      <h2 id="warnings">{warnings.length === 0 ? 'No warnings' : `Warnings (${warnings.length})`}</h2>
      {outputsEqual === true ? <p>Both sides gave the same output.</p> : null}
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </section>
  );
}
