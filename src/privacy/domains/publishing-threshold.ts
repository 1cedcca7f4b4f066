/** Places beyond so many sigmas weigh nothing. */
const REACH = 14;

/**
 * The least count from which on a text may be published: one that a single row has reaches it, with discrete Gaussian noise of scale
 * `sigma`, with a probability of at most `delta`.
 */
export function publishingThreshold(sigma: number, delta: number): number {
  // the noise that is drawn may be wider by as much, see NoiseSource
  const variance = sigma * sigma + (sigma < 1e4 ? 1e-6 : 1);
  const reach = Math.ceil(REACH * Math.sqrt(variance)) + 1;
  const weight = (x: number) => Math.exp((-x * x) / (2 * variance));
  let total = 1;
  for (let x = 1; x <= reach; x++) total += 2 * weight(x);
  let tail = 0;
  let x = reach;
  while (x > 0 && (tail + weight(x)) / total <= delta) tail += weight(x--);
  return x + 2;
}
