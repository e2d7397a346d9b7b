import { BYTES_PER_MIB, MS_PER_S } from '../base/units.ts';

/** `2.703 s` from a second on, `334.1 ms` below. */
export function formatDuration(ms: number): string {
  const isSeconds = Math.abs(Number(ms.toFixed(1))) >= MS_PER_S;
  return isSeconds ? `${fixed(ms / MS_PER_S, 3)} s` : `${fixed(ms, 1)} ms`;
}

/** `7,944.2 MiB` */
export function formatBytes(bytes: number): string {
  return `${separated(fixed(bytes / BYTES_PER_MIB, 1))} MiB`;
}

/** `1,234,567` */
export function formatCount(count: number): string {
  return separated(fixed(count, 0));
}

/** A ratio as `72.2 %`. */
export function formatPercent(ratio: number, decimals = 1): string {
  return `${fixed(ratio * 100, decimals)} %`;
}

/** `toFixed` without `-0.0`. */
function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

function separated(digits: string): string {
  const [whole = '', ...fraction] = digits.split('.');
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, ','), ...fraction].join('.');
}
