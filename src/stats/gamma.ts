/** The gamma function's logarithm and its derivatives, for arguments above 0. */

/** From here on the asymptotic series are exact to about 1e-13. */
const LARGE = 10;

/** ln Γ(x) by Stirling's series (Abramowitz & Stegun 6.1.41), its argument raised by the recurrence 6.1.15. */
export function logGamma(x: number): number {
  let raised = x;
  let shift = 0;
  for (; raised < LARGE; raised += 1) shift += Math.log(raised);
  const inverse = 1 / raised;
  const square = inverse * inverse;
  const series =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (raised - 0.5) * Math.log(raised) - raised + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** ψ(x) = d ln Γ(x) / dx (Abramowitz & Stegun 6.3.5 and 6.3.18). */
export function digamma(x: number): number {
  let raised = x;
  let shift = 0;
  for (; raised < LARGE; raised += 1) shift += 1 / raised;
  const square = 1 / (raised * raised);
  const series =
    square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))));
  return Math.log(raised) - 0.5 / raised - series - shift;
}

/** ψ′(x) (Abramowitz & Stegun 6.4.6 and 6.4.12). */
export function trigamma(x: number): number {
  let raised = x;
  let shift = 0;
  for (; raised < LARGE; raised += 1) shift += 1 / (raised * raised);
  const inverse = 1 / raised;
  const square = inverse * inverse;
  const series =
    inverse *
    (1 +
      inverse / 2 +
      square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - (5 / 66) * square)))));
  return series + shift;
}

/** The x with ψ′(x) = y, by bisection of its logarithm: ψ′ only falls. */
export function trigammaInverse(y: number): number {
  if (!(y > 0)) throw new RangeError(`no inverse of the trigamma function at ${y}`);
  let [low, high] = [-40, 40];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (trigamma(Math.exp(middle)) > y) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
