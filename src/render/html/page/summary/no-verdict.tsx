import type { JSX } from 'preact';
import type { MismatchText } from '../../../mismatch-text.ts';

/** What stands first where the two sides did not do the same work: what differs, and no figure that could be taken for a gain. */
export function NoVerdict({ headline, differences, remedy }: MismatchText): JSX.Element {
  return (
    <section class="headline" aria-labelledby="headline">
      <h1 id="headline">{headline}</h1>
      <ul>
        {differences.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <p class="headline-verdict">{remedy}</p>
      <p class="note">Each figure below is of its own side’s work.</p>
    </section>
  );
}
