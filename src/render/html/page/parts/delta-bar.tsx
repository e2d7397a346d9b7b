import type { JSX } from 'preact';

interface DeltaBarProps {
  readonly value: number;
  /** The largest of the bars beside it, in size. */
  readonly most: number;
  /** Where noise explains it, only its outline is drawn. */
  readonly noise: boolean;
}

/** A difference as a bar to the left of the middle (less) or to the right of it (more). The figure stands beside it. */
export function DeltaBar({ value, most, noise }: DeltaBarProps): JSX.Element {
  const width = most > 0 ? Math.min(50, (50 * Math.abs(value)) / most) : 0;
  return (
    <svg class="delta-bar" aria-hidden="true" height={12} width={96}>
      <line class="axis-line" x1="50%" x2="50%" y1={0} y2={12} />
      <rect
        class={`${value < 0 ? 'fill-better' : 'fill-worse'}${noise ? ' outline' : ''}`}
        x={`${value < 0 ? 50 - width : 50}%`}
        y={2}
        width={`${width}%`}
        height={8}
      />
    </svg>
  );
}
