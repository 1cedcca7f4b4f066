import { makeRandom } from "../../src/core/random.js";
import type { ColumnScore, Figure } from "../../src/evaluate/report-schema.js";
import { normalize, similar } from "./fixture-figures.js";

type Summary = NonNullable<ColumnScore["summary"]>;

/** Groups of a number or a date in the pictures of its pairs. */
const BINS = 9;

/** A column with every optional part: numbers in every third place and place 10, a date in 12, else categories. */
export function makeColumn(name: string, index: number, holdout: boolean): ColumnScore {
  const kind = kindOf(index);
  const distribution = makeDistribution(index, holdout);
  const isOrdered = kind !== "category" && kind !== "boolean";
  const groups = isOrdered ? binNames(distribution.labels) : [...distribution.labels].slice(0, BINS);
  return {
    name,
    type: kind,
    metric: isOrdered ? "KSComplement" : "TVComplement",
    score: makeScore(index, holdout),
    missing: makeMissing(index, holdout),
    ...(isOrdered ? { wasserstein: figure(0.012 + 0.002 * index, 0.011, holdout) } : {}),
    jensenShannon: figure(index === 5 ? 0.0912 : 0.011 + 0.001 * index, 0.0113, holdout),
    coverage: figure(isOrdered ? 0.972 : 1, isOrdered ? 0.991 : 1, holdout),
    adherence: figure(1, 0.9998, holdout),
    distribution,
    ...(isOrdered ? { cumulative: makeCumulative(distribution) } : {}),
    summary: isOrdered ? numberSummary(index, holdout) : categorySummary(distribution.labels, holdout),
    groups: index === 1 ? [...groups, "missing"] : groups,
  };
}

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

function kindOf(index: number): string {
  if (index === 12) return "date";
  if (index === 9) return "integer";
  if (index % 3 === 0 || index === 10) return "decimal";
  return index === 8 ? "boolean" : "category";
}

/** Place 5 is far off, place 2 better than its ceiling by more than chance, place 7 has no score. */
function makeScore(index: number, holdout: boolean): Figure {
  if (index === 7) return { status: "unavailable", reason: "no value is known on both sides" };
  const score = similar(index === 5 ? 0.9312 : 0.999 - 0.0007 * index, 0.9941, 32561, holdout);
  return index === 2 && holdout ? { ...score, aboveCeiling: "beyond noise" } : score;
}

function makeMissing(index: number, holdout: boolean): ColumnScore["missing"] {
  const real = index === 1 ? 0.0564 : 0;
  const synthetic = index === 1 ? 0.0451 : 0;
  const value = synthetic - real;
  const difference: Figure = {
    value,
    low: value - (real === 0 ? 0.0001 : 0.0034),
    high: value + (real === 0 ? 0.0001 : 0.0034),
    n: 65122,
    ...(holdout ? { ceiling: real === 0 ? 0 : 0.0012 } : {}),
    status: "ok",
  };
  return { real, synthetic, difference };
}

function figure(value: number, ceiling: number, holdout: boolean): Figure {
  const reach = Math.min(0.004, value * 0.1);
  return {
    value,
    low: value - reach,
    high: value === 1 ? 1 : value + reach,
    n: 32561,
    ...(holdout ? { ceiling } : {}),
    status: "ok",
  };
}

function makeDistribution(index: number, holdout: boolean): ColumnScore["distribution"] {
  const random = makeRandom(index + 1);
  const kind = kindOf(index);
  const isOrdered = kind !== "category" && kind !== "boolean";
  const count = kind === "boolean" ? 2 : 2 + (index % 9);
  const weights = isOrdered ? bellWeights(24, index) : CATEGORIES.slice(0, count).map((_, i) => 1 / (i + 1) ** 1.4);
  const real = index === 9 ? SPIKE : normalize(weights);
  const wobble = (size: number) => normalize(real.map((share) => share * (1 + size * (random.uniform() - 0.5))));
  return {
    kind: isOrdered ? "histogram" : "categories",
    labels: labelsOf(kind, index, real.length),
    real,
    synthetic: wobble(index === 5 ? 0.6 : 0.08),
    ...(holdout ? { holdout: wobble(0.06) } : {}),
  };
}

function labelsOf(kind: string, index: number, count: number): string[] {
  if (kind === "date") return dateEdges(count);
  if (kind === "boolean") return ["false", "true"];
  return kind === "category" ? CATEGORIES.slice(0, count) : numberEdges(index, count);
}

const SPIKE = normalize([91.7, 2.1, 1.4, 1.6, 0.9, 0.4, 0.3, 0.9, 0.2, 0.1, 0.05, 0.3]);

function bellWeights(bins: number, index: number): number[] {
  return Array.from(
    { length: bins },
    (_, i) => Math.exp(-(((i - bins * (0.25 + 0.05 * (index % 5))) / (bins / 5)) ** 2)) + 0.02,
  );
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

/** Every second edge, with the shares below it. */
function makeCumulative(distribution: ColumnScore["distribution"]): NonNullable<ColumnScore["cumulative"]> {
  const { labels, holdout } = distribution;
  const below = (shares: readonly number[]) =>
    labels.map((_, i) => shares.slice(0, i).reduce((sum, share) => sum + share, 0));
  const at = labels.map((label) => (label.includes("-") ? Date.parse(label) : Number(label)));
  return {
    labels,
    at: at.toSorted((a, b) => a - b),
    real: below(distribution.real),
    synthetic: below(distribution.synthetic),
    ...(holdout === undefined ? {} : { holdout: below(holdout) }),
  };
}

function binNames(edges: readonly string[]): string[] {
  const last = edges.length - 1;
  const at = Array.from({ length: BINS + 1 }, (_, i) => edges[Math.round((i * last) / BINS)]!);
  return at.slice(1).map((edge, i) => `${at[i]} to ${edge}`);
}

function numberSummary(index: number, holdout: boolean): Summary {
  const names = ["mean", "standard deviation", "5 %", "25 %", "median", "75 %", "95 %", "distinct values"];
  return names.map((name, i) => ({
    name,
    real: String(37.2 + i * 3 + index),
    synthetic: String(37.4 + i * 3 + index),
    ...(holdout ? { holdout: String(37.1 + i * 3 + index) } : {}),
  }));
}

function categorySummary(labels: readonly string[], holdout: boolean): Summary {
  const line = (name: string, value: string) => ({
    name,
    real: value,
    synthetic: value,
    ...(holdout ? { holdout: value } : {}),
  });
  return [
    line("categories", String(labels.length)),
    line("most frequent", labels[0] ?? ""),
    line("entropy (bits)", "2.31"),
  ];
}
