/** One index of `weights` (not negative, any sum above 0), drawn by them. */
export function drawIndex(random, weights) {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length - 1; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** One of `values`, all alike or by `weights`. */
export function drawOne(random, values, weights) {
  return values[weights === undefined ? random.integer(values.length) : drawIndex(random, weights)];
}

/** exp(mean + spread times a standard normal). */
export function drawLogNormal(random, mean, spread) {
  return Math.exp(mean + spread * random.normal());
}

/** True with this probability. */
export function drawTrue(random, probability) {
  return random.uniform() < probability;
}

/** 1 / (1 + exp(-x)). */
export function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}

/** The value, no less than `low` and no more than `high`. */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** The nearest multiple of `step`. */
export function roundTo(value, step) {
  return Math.round(value / step) * step;
}
