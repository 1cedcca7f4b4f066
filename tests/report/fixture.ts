import { makeRandom } from "../../src/core/random.js";
import type { ColumnScore, Figure, PairScore, Report } from "../../src/evaluate/report-schema.js";

export interface FixtureOptions {
  readonly columns?: number;
  readonly holdout?: boolean;
  /** Names to use for the first columns, e.g. hostile ones. */
  readonly names?: readonly string[];
  readonly level?: Report["verdict"]["level"];
}

/** A report as an audit of a census-like table would give it: valid against the schema, the same at every call. */
export function makeReport(options: FixtureOptions = {}): Report {
  const holdout = options.holdout ?? true;
  const count = options.columns ?? NAMES.length;
  const names = Array.from({ length: count }, (_, i) => options.names?.[i] ?? NAMES[i] ?? `measurement_${i + 1}`);
  const columns = names.map((name, i) => makeColumn(name, i, holdout));
  return {
    version: 2,
    tables: {
      train: { rows: 32561 },
      synthetic: { rows: 32561 },
      ...(holdout ? { holdout: { rows: 16281 } } : {}),
      columns: count,
      omitted: [{ name: "record_id", reason: "an identifier: every value is different, so it is made anew" }],
    },
    fidelity: {
      columnShapes: similar(0.9946, 0.9937, count, holdout),
      pairTrends: similar(0.9871, 0.9843, (count * (count - 1)) / 2, holdout),
      overall: similar(0.9909, 0.989, undefined, holdout),
      c2st: {
        train: { value: 0.5124, low: 0.5074, high: 0.5174, n: 65122, status: "ok" },
        holdout: needsHoldout({ value: 0.5191, low: 0.5121, high: 0.5261, n: 32562, ceiling: 0.5021 }, holdout),
      },
      accuracy: {
        univariate: similar(0.9921, 0.9915, count, holdout),
        bivariate: similar(0.981, 0.9802, 91, holdout),
        trivariate: similar(0.9644, 0.9651, 200, holdout),
      },
      diagnostic: {
        boundaryAdherence: { value: 1, n: count, status: "ok" },
        categoryAdherence: { value: 0.9998, n: count, status: "ok" },
        structure: { value: 1, status: "ok" },
      },
      columns,
      pairs: makePairs(names, holdout),
    },
    utility: {
      target: names.at(-1) ?? "income",
      metric: "AUC",
      synthetic: needsHoldout({ value: 0.9183, low: 0.9132, high: 0.9234, n: 16281 }, holdout),
      real: needsHoldout({ value: 0.9265, low: 0.9218, high: 0.9312, n: 16281 }, holdout),
      baseline: needsHoldout({ value: 0.5, n: 16281 }, holdout),
    },
    privacy: makePrivacy(holdout),
    release: holdout
      ? { shareable: true, failures: [] }
      : {
          shareable: false,
          failures: [{ code: "E_RELEASE_NO_HOLDOUT", message: "No held-out rows: copying cannot be ruled out." }],
        },
    verdict: { level: options.level ?? (holdout ? "good" : "caution"), sentences: SENTENCES },
    method: { seed: 1, distanceRows: 16281, c2stFolds: 5, "definitions.version": "1", holdoutGiven: holdout },
  };
}

/** Names that break careless pages: markup, prototype keys, control and bidirectional characters, emptiness, length. */
export const HOSTILE_NAMES: readonly string[] = [
  "<script>document.title='owned'</script>",
  "__proto__",
  '"><img src=x onerror=document.title="owned">',
  "' onmouseover='document.title=1",
  "</title></style></script><svg onload=document.title=1>",
  "$" + "{document.title=1}`",
  "constructor",
  "",
  "\u202Eesrever\u0000\u0007",
  "a".repeat(300),
  "收入（人民币）と年齢",
  "]]><!--",
];

const NAMES = [
  "age",
  "workclass",
  "education",
  "education-num",
  "marital-status",
  "occupation",
  "relationship",
  "race",
  "sex",
  "capital-gain",
  "hours-per-week",
  "native-country",
  "interviewed",
  "income",
];

const SENTENCES = [
  "The synthetic rows look like real ones: single columns and pairs differ from the training table no more than other real rows do.",
  "A model trained on them predicts “income” almost as well as one trained on real rows.",
  "No sign of copied rows was found: synthetic rows lie no nearer to training rows than to real rows the model never saw.",
];

const CATEGORIES = [
  "Private",
  "Self-employed, not incorporated",
  "Local government",
  "State government",
  "?",
  "Federal",
  "Unpaid",
  "Never worked",
  "Volunteer",
  "Other",
];

const WITHOUT_HOLDOUT: Figure = { status: "unavailable", reason: "no held-out rows were given" };

function similar(value: number, ceiling: number, n: number | undefined, holdout: boolean): Figure {
  return {
    value,
    low: value - 0.0012,
    high: Math.min(1, value + 0.0011),
    ...(n === undefined ? {} : { n }),
    ...(holdout ? { ceiling } : {}),
    status: "ok",
  };
}

function needsHoldout(figure: Figure, holdout: boolean): Figure {
  return holdout ? { ...figure, status: "ok" } : WITHOUT_HOLDOUT;
}

function makeColumn(name: string, index: number, holdout: boolean): ColumnScore {
  const random = makeRandom(index + 1);
  const isNumber = index % 3 === 0 || index === 10;
  const isDate = index === 12;
  const weights =
    isNumber || isDate
      ? bellWeights(24, index)
      : CATEGORIES.slice(0, 2 + (index % 9)).map((_, i) => 1 / (i + 1) ** 1.4);
  const real = index === 9 ? spikeShares() : normalize(weights);
  const wobble = (size: number) => normalize(real.map((share) => share * (1 + size * (random.uniform() - 0.5))));
  const size = index === 5 ? 0.6 : 0.08;
  return {
    name,
    type: isDate ? "date" : isNumber ? (index === 9 ? "integer" : "decimal") : index === 8 ? "boolean" : "category",
    metric: isNumber || isDate ? "KSComplement" : "TVComplement",
    score: { ...similar(index === 5 ? 0.9312 : 0.999 - 0.0007 * index, 0.9941, 32561, holdout) },
    missing: index === 1 ? { real: 0.0564, synthetic: 0.0551 } : { real: 0, synthetic: 0 },
    distribution: {
      kind: isNumber || isDate ? "histogram" : "categories",
      labels: isDate
        ? dateEdges(real.length)
        : isNumber
          ? numberEdges(index, real.length)
          : CATEGORIES.slice(0, real.length),
      real,
      synthetic: wobble(size),
      ...(holdout ? { holdout: wobble(0.06) } : {}),
    },
  };
}

function normalize(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

function bellWeights(bins: number, index: number): number[] {
  return Array.from(
    { length: bins },
    (_, i) => Math.exp(-(((i - bins * (0.25 + 0.05 * (index % 5))) / (bins / 5)) ** 2)) + 0.02,
  );
}

function spikeShares(): number[] {
  return normalize([91.7, 2.1, 1.4, 1.6, 0.9, 0.4, 0.3, 0.9, 0.2, 0.1, 0.05, 0.3]);
}

function numberEdges(index: number, bins: number): string[] {
  const step = index === 9 ? 8333 : index === 0 ? 3 : 12.5;
  return Array.from({ length: bins + 1 }, (_, i) => String((index === 0 ? 17 : 0) + i * step));
}

function dateEdges(bins: number): string[] {
  return Array.from(
    { length: bins + 1 },
    (_, i) =>
      `1994-${String(1 + Math.floor(i / 2.2)).padStart(2, "0")}-${String(1 + ((i * 13) % 28)).padStart(2, "0")}`,
  );
}

function makePairs(names: readonly string[], holdout: boolean): PairScore[] {
  const random = makeRandom(99);
  return names.flatMap((first, i) =>
    names.slice(i + 1).map((second, offset): PairScore => {
      const numeric = i % 3 === 0 && (i + 1 + offset) % 3 === 0;
      const strength = random.uniform() ** 3;
      const real = numeric && random.uniform() < 0.5 ? -strength : strength;
      const score = similar(0.998 - 0.03 * random.uniform() ** 3, 0.9843, 32561, holdout);
      const unknown = i === 2 && offset === 4;
      return {
        columns: [first, second],
        metric: numeric ? "CorrelationSimilarity" : "ContingencySimilarity",
        score: unknown ? { status: "unavailable", reason: "a constant column has no correlation" } : score,
        association: unknown
          ? { real: null, synthetic: null }
          : { real, synthetic: Math.max(-1, Math.min(1, real + 0.12 * (random.uniform() - 0.5))) },
      };
    }),
  );
}

function makePrivacy(holdout: boolean): Report["privacy"] {
  return {
    ...makeDistances(holdout),
    membership: holdout ? makeMembership() : { risk: WITHOUT_HOLDOUT },
    singlingOut: makeAttack(holdout, 0.021, [0.004, 0.038], 0.06, ["univariate", "multivariate"]),
    linkability: makeAttack(holdout, 0.004, [0, 0.014], 0.02, ["linkability"]),
    inference: makeAttack(holdout, 0.034, [0.006, 0.062], 0.41, ["occupation", "capital-gain", "age"]),
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
  [low, high]: readonly [number, number],
  rate: number,
  names: readonly string[],
): Report["privacy"]["inference"] {
  if (!holdout) return { risk: WITHOUT_HOLDOUT };
  const figure = (centre: number): Figure => ({
    value: centre,
    low: Math.max(0, centre - 0.011),
    high: centre + 0.012,
    n: 2000,
    status: "ok",
  });
  const risk: Figure = { value, low, high, n: 2000, status: "ok" };
  const figures = { risk, attack: figure(rate), control: figure(rate - value), baseline: figure(rate / 2) };
  return { ...figures, worst: names[0] ?? "", variants: names.map((name) => ({ name, ...figures })) };
}
