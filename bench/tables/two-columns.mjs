import { drawOne, sigmoid } from "./draws.mjs";

/** Two columns: a number of two humps and a category that depends on it. */
export const twoColumns = {
  columns: ["size", "kind"],
  rows: { train: 5_000, holdout: 5_000 },
  target: "kind",
  makeRow: () => (random) => {
    const size = random.uniform() < 0.6 ? 10 + 2 * random.normal() : 20 + 4 * random.normal();
    const large = sigmoid((size - 15) / 2);
    return [size.toFixed(2), drawOne(random, ["small", "large", "odd"], [1 - large, large, 0.1])];
  },
};
