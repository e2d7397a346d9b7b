import { counted } from '../../base/counted.ts';
import type { SampledProfile } from '../../compare/sampled-profile.ts';
import { amountsIn, NOT_AVAILABLE } from '../amount.ts';
import { seconds } from '../format.ts';
import { escapeMarkdown, placeInMarkdown, tableRow } from './markdown-parts.ts';

const ROWS = 10;

/** The largest functions of a profile by itself. */
export function sampledMarkdown({
  file,
  measure,
  wallMs,
  sampledMs,
  threads,
  functions,
}: SampledProfile): string {
  const { plain } = amountsIn(measure.unit);
  const length = wallMs === null ? `duration ${NOT_AVAILABLE}` : seconds(wallMs);
  const threadCount = threads === null ? `threads ${NOT_AVAILABLE}` : counted(threads.length, 'thread');
  return [
    `**${escapeMarkdown(file.split(/[\\/]/).at(-1) ?? file)}**: ${escapeMarkdown(plain(sampledMs))} sampled, ${length}, ${threadCount}`,
    '',
    tableRow('function', 'self', 'total'),
    tableRow('---', '---:', '---:'),
    ...functions
      .toSorted((a, b) => b.selfMs - a.selfMs)
      .slice(0, ROWS)
      .map((one) =>
        tableRow(
          escapeMarkdown(placeInMarkdown(one)),
          escapeMarkdown(plain(one.selfMs)),
          escapeMarkdown(plain(one.totalMs)),
        ),
      ),
    '',
  ].join('\n');
}
