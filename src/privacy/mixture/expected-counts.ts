import type { JointQuestion } from "../paid-rows.js";
import type { Mixture } from "./mixture.js";

/**
 * Joint counts that a mixture expects of `rows` rows: sum over components of weight x the product of the fields' probabilities.
 * @param question of the mixture's own groups
 * @returns row-major [groups of the first field, ..., groups of the last]
 */
export function expectedCounts(mixture: Mixture, question: JointQuestion, rows: number): Float64Array {
  const { weights, starts, probabilities } = mixture;
  const width = starts.at(-1)!;
  const axes = question.map(({ field }) => ({ start: starts[field]!, groups: starts[field + 1]! - starts[field]! }));
  const last = axes.at(-1)!;
  const others = axes.slice(0, -1);
  const height = others.reduce((product, { groups }) => product * groups, 1);
  const counts = new Float64Array(height * last.groups);
  const products = new Float64Array(height);
  weights.forEach((weight, component) => {
    const at = component * width;
    products[0] = rows * weight;
    let size = 1;
    for (const { start, groups } of others) {
      size = outerProduct(products, size, probabilities.subarray(at + start, at + start + groups));
    }
    for (let row = 0, cell = 0; row < height; row++) {
      const product = products[row]!;
      for (let group = 0; group < last.groups; group++, cell++) {
        counts[cell]! += product * probabilities[at + last.start + group]!;
      }
    }
  });
  return counts;
}

/** values [size] -> values x factors [size x factors], in place, from the end on. */
function outerProduct(values: Float64Array, size: number, factors: Float64Array): number {
  for (let i = size - 1; i >= 0; i--) {
    const value = values[i]!;
    for (let j = factors.length - 1; j >= 0; j--) values[i * factors.length + j] = value * factors[j]!;
  }
  return size * factors.length;
}
