/**
 * The digamma function, the derivative of log gamma, for x > 0. Recurrence up to x >= 6, then the asymptotic series
 * (Abramowitz and Stegun 1964, 6.3.5 and 6.3.18); absolute error below 1e-12.
 */
export function digamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 10) {
    shift -= 1 / at;
    at += 1;
  }
  const inverse = 1 / (at * at);
  const series = inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))));
  return shift + Math.log(at) - 0.5 / at - series;
}
