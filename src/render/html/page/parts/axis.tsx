import type { JSX } from 'preact';
import type { Scale } from './scale.ts';

interface AxisProps {
  readonly scale: Scale;
  readonly format: (value: number) => string;
  /** Of the picture's drawing above the axis, px. */
  readonly height: number;
  /** false where they would cross text. */
  readonly lines?: boolean;
}

/** Lines through a picture at round values, with their labels below. */
export function Axis({ scale, format, height, lines = true }: AxisProps): JSX.Element {
  return (
    <g>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          {lines ? (
            <line class="grid-line" x1={scale.at(tick)} x2={scale.at(tick)} y1={0} y2={height} />
          ) : null}
          <text x={scale.at(tick)} y={height + 15} text-anchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}
