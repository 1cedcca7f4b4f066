/** Added to distances before the logarithm: a row that is met exactly is not infinitely near. */
const SMOOTHING = 1e-3;

/** The logarithm of a distance in 0..1, as scores of membership take it: finite at 0. */
export function logDistance(distance: number): number {
  return Math.log(distance + SMOOTHING);
}
