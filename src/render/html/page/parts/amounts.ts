import { amountsIn } from '../../../amount.ts';
import { milliseconds } from '../../../format.ts';

let unit = 'time';
let amounts = amountsIn(unit);

/** Sets what the page's figures count. A page shows one comparison, so this is done once, before anything is drawn. */
export function setUnit(counted: string): void {
  unit = counted;
  amounts = amountsIn(unit);
}

/** What was sampled, in the unit that suits it. */
export function amount(value: number): string {
  return amounts.plain(value);
}

/** The same in a column, where all times are in ms. */
export function columnAmount(value: number): string {
  return unit === 'time' ? milliseconds(value) : amounts.plain(value);
}

export function signedAmount(value: number): string {
  return amounts.signed(value);
}

export function amountSpan(low: number, high: number): string {
  return amounts.span(low, high);
}

/** What the self figures of functions are, such as `Self time`. */
export function selfTitle(): string {
  return amounts.self.charAt(0).toUpperCase() + amounts.self.slice(1);
}
