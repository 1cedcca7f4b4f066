import type { Figure, Report } from "../../src/evaluate/report-schema.js";
import { needsHoldout, WITHOUT_HOLDOUT } from "./fixture-figures.js";
import { attack, makeEvidence } from "./fixture-privacy-evidence.js";

/** The privacy part; without held-out rows the attacks are unavailable. Every column is a secret of the inference attack. */
export function makePrivacy(holdout: boolean, names: readonly string[]): Report["privacy"] {
  return {
    ...makeDistances(holdout),
    ...(holdout ? makeEvidence(names) : {}),
    membership: holdout ? makeMembership() : { risk: WITHOUT_HOLDOUT },
    singlingOut: makeAttack(holdout, 0.021, [0.004, 0.038], 0.06, ["univariate", "multivariate"]),
    linkability: makeAttack(holdout, 0.004, [0, 0.014], 0.02, ["two halves of the columns"]),
    inference: makeAttack(holdout, 0.034, [0.006, 0.062], 0.41, names),
    method: { syntheticRowsQueried: 16281, referenceRows: 16281, attacks: 2000 },
  };
}

function makeDistances(
  holdout: boolean,
): Omit<Report["privacy"], "membership" | "singlingOut" | "linkability" | "inference"> {
  const quantiles = (scale: number) =>
    Array.from({ length: 101 }, (_, i) => scale * (i / 100) ** 0.9 * (1 + (i / 100) ** 8));
  const ratios = (power: number) => Array.from({ length: 101 }, (_, i) => (i / 100) ** power);
  const beside = (value: number, ceiling: number): Figure => ({
    value,
    low: value * 0.985,
    high: value * 1.015,
    n: 16281,
    ...(holdout ? { ceiling } : {}),
    status: "ok",
  });
  const others = {
    nearestDecileShare: { value: 0.518, low: 0.489, high: 0.547, n: 1629, ceiling: 0.5, status: "ok" as const },
    identicalMatchExcess: { value: 0.0011, low: -0.0024, high: 0.0046, n: 32561, status: "ok" as const },
    uniqueValueShare: beside(0.0031, 0.0033),
    uniqueValueExcess: { value: -0.0002, low: -0.0009, high: 0.0005, n: 455854, status: "ok" as const },
  };
  return {
    dcr: {
      median: beside(0.0312, 0.0309),
      fifthPercentile: beside(0.0041, 0.0042),
      ...(holdout ? { holdout: { median: beside(0.0314, 0.0309), fifthPercentile: beside(0.0042, 0.0042) } } : {}),
      curve: {
        train: quantiles(0.09),
        ...(holdout ? { holdout: quantiles(0.0895), reference: quantiles(0.092) } : {}),
      },
    },
    dcrShare: needsHoldout({ value: 0.5069, low: 0.4953, high: 0.5185, n: 16281, ceiling: 0.5 }, holdout),
    nndr: beside(0.8123, 0.8109),
    nndrCurve: { train: ratios(0.3), ...(holdout ? { holdout: ratios(0.302), reference: ratios(0.31) } : {}) },
    identicalMatchShare: beside(0.0612, 0.0634),
    ...(holdout ? others : {}),
  };
}

function makeMembership(): Report["privacy"]["membership"] {
  const variant = (name: string, auc: number) => ({
    name,
    risk: { value: Math.max(0, 2 * auc - 1), low: 0, high: 2 * auc - 0.98, n: 4000, status: "ok" as const },
    attack: { value: auc, low: auc - 0.01, high: auc + 0.01, n: 4000, status: "ok" as const },
    baseline: { value: 0.5, status: "ok" as const },
    truePositives: {
      at1Percent: { value: 0.0121, low: 0.006, high: 0.019, n: 2000, status: "ok" as const },
      at01Percent: { value: 0.0012, low: 0, high: 0.004, n: 2000, status: "ok" as const },
    },
  });
  const { name, ...worst } = variant("density ratio", 0.506);
  return { ...worst, worst: name, variants: [variant("distance", 0.503), variant(name, 0.506)] };
}

function makeAttack(
  holdout: boolean,
  value: number,
  interval: readonly [number, number],
  rate: number,
  names: readonly string[],
): Report["privacy"]["inference"] {
  if (!holdout) return { risk: WITHOUT_HOLDOUT };
  const figures = attack(value, interval, rate);
  const [worst] = names;
  if (worst === undefined) return { risk: { status: "unavailable", reason: "needs two columns and more" } };
  const variants = names.map((name, at) => ({
    name,
    ...attack(value / (at + 1), [0, interval[1]], rate + 0.04 * (at % 14)),
  }));
  const known = names.slice(0, 3);
  const byFew = variants.slice(3).map((variant) => ({ ...variant, known }));
  const all = [...variants, ...byFew] as NonNullable<Report["privacy"]["inference"]["variants"]>;
  return { ...figures, worst, variants: all };
}
