/** The straight line through (from, to) pairs: maps `domain` onto `range`; a domain of no width maps to the range's middle. */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const width = domain[1] - domain[0];
  if (width === 0) return () => (range[0] + range[1]) / 2;
  return (value) => range[0] + ((value - domain[0]) / width) * (range[1] - range[0]);
}

/**
 * Round numbers within [low, high] at steps of 1, 2 or 5 times a power of ten, about `count` of them
 * (Heckbert 1990, "Nice numbers for graph labels", Graphics Gems).
 */
export function niceTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return [low];
  const step = niceStep((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(15)));
}

/** A coordinate for markup: two decimals are a hundredth of a pixel. */
export function coordinate(value: number): number {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}

function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const multiple = raw / power;
  if (multiple <= Math.SQRT2) return power;
  if (multiple <= Math.sqrt(10)) return 2 * power;
  return multiple <= Math.sqrt(50) ? 5 * power : 10 * power;
}
