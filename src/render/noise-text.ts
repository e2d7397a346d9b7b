import { counted } from '../base/counted.ts';
import { type NoiseReport, smallestShownRatio } from '../compare/noise-report.ts';
import { escapeTerminal } from './escape.ts';
import { interval, percent, seconds } from './format.ts';
import { METRIC_WORDS } from './metric-words.ts';

export function noiseText(
  noise: NoiseReport,
  plan: { readonly budgetMs: number; readonly toleranceRatio: number },
): string {
  const { gainRatio, pairs, elapsedMs, noiseRatio, implementation, mode, metric } = noise;
  return [
    `Noise${metric === 'wall' ? '' : ` of ${METRIC_WORDS[metric].name}`} ${percent(noiseRatio)}: ${escapeTerminal(implementation)} against itself differs by ` +
      `${percent(gainRatio.point)} (${interval(gainRatio, percent)})`,
    `${counted(pairs, 'pair')} in ${seconds(elapsedMs, 1)}, mode ${mode}. From now on, bench on this machine uses at least this as its tolerance.`,
    `In ${seconds(plan.budgetMs, 0)}, a change of ${percent(smallestShownRatio(noise, plan), 1)} or more can be shown half of the time.`,
    '',
  ].join('\n');
}
