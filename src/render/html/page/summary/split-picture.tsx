import type { JSX } from 'preact';
import type { Split, SplitPart } from '../../../../compare/split.ts';
import { adaptiveTime, confidence, timeSpan } from '../../../format.ts';
import { SPLIT_LABELS } from '../../../split-labels.ts';
import { Axis } from '../parts/axis.tsx';
import { Value } from '../parts/figure-value.tsx';
import { Picture } from '../parts/picture.tsx';
import { scaleOver } from '../parts/scale.ts';
import { shortTime } from '../parts/short-time.ts';

const ROW = 46;

/** How much of what was saved comes from less work, more parallelism and less waiting. */
export function SplitPicture({ split }: { readonly split: Split | null }): JSX.Element {
  if (split === null)
    return (
      <section>
        <h2>Why</h2>
        <p class="note">Not known, since the CPU time is too little to be measured.</p>
      </section>
    );
  const parts = [
    { what: SPLIT_LABELS.lessWork, part: split.lessWork },
    { what: SPLIT_LABELS.moreCores, part: split.moreCores },
    ...(split.lessWaiting === null ? [] : [{ what: SPLIT_LABELS.lessWaiting, part: split.lessWaiting }]),
  ];
  const all = parts.flatMap(({ part: { savedMs } }) => [savedMs.point, savedMs.low, savedMs.high]);
  const scale = scaleOver([0, split.savedMs, ...all], 4);
  return (
    <Picture
      title={`Why: ${adaptiveTime(Math.abs(split.savedMs))} ${split.savedMs < 0 ? 'more' : 'saved'}`}
      label={parts.map(({ what, part }) => `${what} saved ${told(part)}`).join('; ')}
      height={parts.length * ROW + 22}
      table={{
        columns: ['', 'saved', 'from', 'to', 'factor'],
        rows: parts.map(({ what, part: { savedMs, log } }) => [
          what,
          <Value key="point" of={savedMs.point} as={adaptiveTime} />,
          <Value key="low" of={savedMs.low} as={adaptiveTime} />,
          <Value key="high" of={savedMs.high} as={adaptiveTime} />,
          <Value key="log" of={log.point} as={factor} />,
        ]),
      }}
    >
      <Axis scale={scale} format={shortTime} height={parts.length * ROW} lines={false} />
      {parts.map(({ what, part: { savedMs, log } }, row) => {
        const [from, to] = [Math.min(0, savedMs.point), Math.max(0, savedMs.point)];
        const width = Number.parseFloat(scale.at(to)) - Number.parseFloat(scale.at(from));
        const y = row * ROW;
        return (
          <g key={what}>
            <text class="row-label" x="0" y={y + 13}>
              {what} {factor(log.point)}
            </text>
            <text class="row-label" x="100%" y={y + 13} text-anchor="end">
              {adaptiveTime(savedMs.point)}
            </text>
            <rect
              class={savedMs.point >= 0 ? 'fill-better' : 'fill-worse'}
              x={scale.at(from)}
              y={y + 19}
              width={`${width}%`}
              height={14}
            />
            <line class="axis-line" x1={scale.at(0)} x2={scale.at(0)} y1={y + 16} y2={y + 36} />
            {savedMs.confidenceLevel > 0 ? (
              <line
                class="whisker"
                x1={scale.at(savedMs.low)}
                x2={scale.at(savedMs.high)}
                y1={y + 26}
                y2={y + 26}
              />
            ) : null}
          </g>
        );
      })}
    </Picture>
  );
}

function told({ savedMs }: SplitPart): string {
  if (savedMs.confidenceLevel === 0) return adaptiveTime(savedMs.point);
  return `${adaptiveTime(savedMs.point)} (${timeSpan(savedMs.low, savedMs.high)}, ${confidence(savedMs.confidenceLevel)} confidence)`;
}

function factor(log: number): string {
  return `×${Math.exp(log).toFixed(2)}`;
}
