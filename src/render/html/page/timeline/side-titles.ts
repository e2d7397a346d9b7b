import { adaptiveTime } from '../../../format.ts';
import { fitLabel } from '../flame/labels.ts';
import { roundValues } from '../parts/scale.ts';
import type { Surface } from '../parts/use-canvas.ts';
import { barTopPx, type LanePlaces } from './paint-lanes.ts';

/** So far from one another lines through the picture lie at least. */
const TICK_PX = 120;

/** Lines through the picture at round times. */
export function paintAxis({ context, widthPx, heightPx, style }: Surface, spanMs: number): void {
  context.font = style('font');
  context.textBaseline = 'middle';
  for (const tick of roundValues({ low: 0, high: spanMs }, Math.max(2, Math.floor(widthPx / TICK_PX)))) {
    const xPx = (tick / spanMs) * widthPx;
    context.fillStyle = style('--grid');
    context.fillRect(xPx, 0, 1, heightPx);
    context.fillStyle = style('--muted');
    const label = tick === 0 ? '0' : adaptiveTime(tick);
    if (xPx + context.measureText(label).width + 4 < widthPx) context.fillText(label, xPx + 4, 8);
  }
}

/** What each thread is called, above its bar. */
export function paintTitles(
  { context, widthPx, style }: Surface,
  titles: readonly string[],
  places: LanePlaces,
): void {
  context.font = style('font');
  context.textBaseline = 'middle';
  context.fillStyle = style('--text');
  const measure = {
    letterPx: context.measureText('m').width,
    widthOf: (text: string) => context.measureText(text).width,
  };
  for (const [lane, title] of titles.entries()) {
    const middlePx = barTopPx(places, lane) - places.namePx / 2 - 1;
    context.fillText(fitLabel(title, widthPx - 4, measure), 2, middlePx);
  }
}
