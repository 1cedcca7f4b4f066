/** What is promised, and what is taken as public. */
export const EPSILONS = [1, 3, 8];
export const DELTA = 1e-5;

/** Tables and the columns named as targets. Every setting was fixed on adult; bank and players were measured once it was. */
export const TARGETS = { adult: "income", bank: "y", players: undefined };

/**
 * declared: levels and bounds of all columns stand in the schema; found: types and formats only, the rest is found with noise.
 * target: the column is named to the learner.
 */
export const VARIANTS = {
  target: { schema: "declared", target: true },
  plain: { schema: "declared", target: false },
  found: { schema: "found", target: true },
};

/** Runs in the order of what is wanted first: { table, variant, epsilon, seed }. */
export function plannedRuns(seeds) {
  const runs = seeds.flatMap((seed) =>
    Object.keys(TARGETS).flatMap((table) =>
      Object.keys(VARIANTS).flatMap((variant) => EPSILONS.map((epsilon) => ({ table, variant, epsilon, seed }))),
    ),
  );
  return runs.filter(({ table, variant }) => variant !== "target" || TARGETS[table] !== undefined);
}

export function keyOf({ table, variant, epsilon, seed }) {
  return `${table} ${variant} epsilon ${epsilon} seed ${seed}`;
}
