import type { RandomStream } from "../../../src/core/random.js";
import type { Measurement } from "../../../src/privacy/marginals/measurement.js";
import { expectedCounts } from "../../../src/privacy/mixture/expected-counts.js";
import { groupStarts, type Mixture } from "../../../src/privacy/mixture/mixture.js";
import type { FieldGroups } from "../../../src/privacy/paid-rows.js";

/** A mixture whose components differ: probabilities proportional to exp(1.5 x normal). */
export function knownMixture(groups: readonly number[], components: number, random: RandomStream): Mixture {
  const fields = groups.map((count, field): FieldGroups => ({ field, groups: count }));
  const starts = groupStarts(fields);
  const shares = (count: number): number[] => {
    const powers = Array.from({ length: count }, () => Math.exp(1.5 * random.normal()));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  };
  const probabilities = Float64Array.from(Array.from({ length: components }, () => groups.flatMap(shares)).flat());
  return { weights: Float64Array.from(shares(components)), fields, starts, probabilities };
}

/** Counts that `mixture` expects of some fields, with noise of a standard deviation of `sigma` where `noise` is given. */
export function measured(
  mixture: Mixture,
  fields: readonly number[],
  { rows, sigma, noise }: { rows: number; sigma: number; noise?: RandomStream },
): Measurement {
  const of = fields.map((field) => mixture.fields[field]!);
  const counts = expectedCounts(mixture, of, rows).map((count) => count + (noise ? sigma * noise.normal() : 0));
  return { of, counts, sigma };
}
