/** A statistic of every target in one shadow model's table. */
export interface ShadowStatistics {
  /** [targets] */
  readonly values: Float64Array;
  /** [targets] 1 = the shadow model was trained on the target. */
  readonly trainedOn: Uint8Array;
}

/**
 * The logarithm of the likelihood ratio of each target's statistic in the released table, trained on against not trained on: the
 * likelihood-ratio attack of Carlini et al. 2022 (doi:10.1109/SP46214.2022.9833649), with one variance for all targets, as few
 * shadow models need it. For the same reason each target's shift between "trained on" and "not" is drawn towards the mean shift
 * of all targets, by as much as its own is noise (the best linear prediction of a random effect).
 *
 * @param released [targets]
 * @param shadows two or more; every target should be trained on by some and not by others
 * @returns [targets] above 0 = more likely trained on
 */
export function likelihoodRatios(released: Float64Array, shadows: readonly ShadowStatistics[]): Float64Array {
  const targets = Array.from(released, (_, target) => describeTarget(target, shadows));
  const { meanShift, shiftVariance, noise } = describeTargets(targets);
  return released.map((value, target) => {
    const { inside, outside, shift } = targets[target]!;
    const own = noise * (1 / inside.count + 1 / outside.count);
    const trust = shiftVariance > 0 ? shiftVariance / (shiftVariance + own) : 0;
    const expectedShift = trust === 0 ? meanShift : meanShift + trust * (shift - meanShift);
    const count = inside.count + outside.count;
    const outsideMean = (inside.sum - inside.count * expectedShift + outside.sum) / count;
    const variance = Math.max(noise * (1 + 1 / count), Number.EPSILON);
    return (expectedShift / variance) * (value - outsideMean - expectedShift / 2);
  });
}

/** Sums of a target's statistic over the shadow models of one side. */
interface Side {
  readonly count: number;
  readonly sum: number;
  /** Sum of squared deviations from the side's mean. */
  readonly squares: number;
}

interface Target {
  readonly inside: Side;
  readonly outside: Side;
  /** Mean where trained on less mean where not; NaN where a side has no shadow model. */
  readonly shift: number;
}

function describeTarget(target: number, shadows: readonly ShadowStatistics[]): Target {
  const side = (trainedOn: 0 | 1): Side => {
    const values = shadows.filter((shadow) => shadow.trainedOn[target] === trainedOn).map((s) => s.values[target]!);
    const sum = values.reduce((a, b) => a + b, 0);
    const mean = sum / values.length;
    return { count: values.length, sum, squares: values.reduce((a, b) => a + (b - mean) ** 2, 0) };
  };
  const inside = side(1);
  const outside = side(0);
  return { inside, outside, shift: inside.sum / inside.count - outside.sum / outside.count };
}

/** The mean shift, how much shifts differ from target to target, and the variance of one statistic about its own mean. */
function describeTargets(targets: readonly Target[]) {
  const told = targets.filter(({ shift }) => !Number.isNaN(shift));
  const count = Math.max(1, told.length);
  const meanShift = told.reduce((sum, { shift }) => sum + shift, 0) / count;
  const spread = told.reduce((sum, { shift }) => sum + (shift - meanShift) ** 2, 0) / count;
  const freedom = targets.reduce(
    (sum, t) => sum + Math.max(0, t.inside.count - 1) + Math.max(0, t.outside.count - 1),
    0,
  );
  const perShift = told.reduce((sum, t) => sum + 1 / t.inside.count + 1 / t.outside.count, 0) / count;
  // With two shadow models nothing repeats: all that shifts differ by is taken for noise.
  if (freedom === 0) return { meanShift, shiftVariance: 0, noise: perShift > 0 ? spread / perShift : 0 };
  const noise = targets.reduce((sum, { inside, outside }) => sum + inside.squares + outside.squares, 0) / freedom;
  return { meanShift, shiftVariance: Math.max(0, spread - noise * perShift), noise };
}
