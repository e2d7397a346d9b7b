/** A ratio in percent, without the sign `%`; it never reads 100 unless the ratio is 1 or more: 0.99999 is `99.99`. */
export function percentFigure(ratio: number, digits: number): string {
  const rounded = (100 * ratio).toFixed(digits);
  if (Math.abs(ratio) >= 1 || Math.abs(Number(rounded)) < 100) return rounded;
  return (Math.sign(ratio) * (100 - 10 ** -digits)).toFixed(digits);
}
