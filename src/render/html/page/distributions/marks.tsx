import type { JSX } from 'preact';
import type { SideName } from '../../model.ts';

interface MarkProps {
  readonly side: SideName;
  readonly x: string;
  readonly y: number;
}

/** One time: a ring before, a filled square after. */
export function Mark({ side, x, y }: MarkProps): JSX.Element {
  return side === 'before' ? (
    <circle class="mark-before" cx={x} cy={y} r={4} />
  ) : (
    // A transform moves by px what stands at a percentage.
    <rect class="mark-after" x={x} y={y - 3.5} width={7} height={7} transform="translate(-3.5 0)" />
  );
}

/** What the marks are, above a picture. */
export function Legend({ before, after }: { readonly before: string; readonly after: string }): JSX.Element {
  return (
    <g>
      <Mark side="before" x="6" y={8} />
      <text x="16" y={12}>
        {before}
      </text>
      <Mark side="after" x="50%" y={8} />
      <text x="50%" dx={10} y={12}>
        {after}
      </text>
    </g>
  );
}
