/**
 * The mean of the Kolmogorov-Smirnov distance of two samples of one continuous distribution, `rows` values each (1 to a
 * few thousand): what two real tables differ by in a column of numbers. In (0, 1].
 *
 * P(distance >= k / n) = 2 sum over j >= 1 of (-1)^(j+1) C(2n, n - jk) / C(2n, n): Gnedenko and Korolyuk 1951, as in Durbin
 * 1973 (doi:10.1137/1.9781611970586); the mean is the sum over k of it, over n.
 */
export function expectedKolmogorovSmirnov(rows: number): number {
  let sum = 0;
  for (let reach = 1; reach <= rows; reach++) sum += probabilityOfReaching(rows, reach);
  return sum / rows;
}

function probabilityOfReaching(rows: number, reach: number): number {
  let sum = 0;
  let sign = 1;
  for (let shift = reach; shift <= rows; shift += reach) {
    sum += sign * binomialRatio(rows, shift);
    sign = -sign;
  }
  return 2 * sum;
}

/** C(2n, n - shift) / C(2n, n). */
function binomialRatio(n: number, shift: number): number {
  let ratio = 1;
  for (let i = 1; i <= shift; i++) ratio *= (n - shift + i) / (n + i);
  return ratio;
}
