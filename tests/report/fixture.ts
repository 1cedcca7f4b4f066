import type { ColumnScore, PairScore, Report } from "../../src/evaluate/report-schema.js";
import { makeColumn } from "./fixture-columns.js";
import { needsHoldout, similar } from "./fixture-figures.js";
import { makePairs } from "./fixture-pairs.js";
import { makePrivacy } from "./fixture-privacy.js";
import { makeRelease } from "./fixture-release.js";
import { makeDetection, makeUtility } from "./fixture-usefulness.js";

export interface FixtureOptions {
  readonly columns?: number;
  readonly holdout?: boolean;
  /** Names to use for the first columns, e.g. hostile ones. */
  readonly names?: readonly string[];
  readonly level?: Report["verdict"]["level"];
  /** Nothing that the contract leaves open: what a report of an older evaluation holds. */
  readonly bare?: boolean;
}

/** A report as an audit of a census-like table would give it: valid against the schema, the same at every call. */
export function makeReport(options: FixtureOptions = {}): Report {
  const holdout = options.holdout ?? true;
  const count = options.columns ?? NAMES.length;
  const names = Array.from({ length: count }, (_, i) => options.names?.[i] ?? NAMES[i] ?? `measurement_${i + 1}`);
  const privacy = makePrivacy(holdout, names);
  const report: Report = {
    version: 2,
    tables: makeTables(count, holdout),
    fidelity: makeFidelity(names, holdout),
    utility: makeUtility(names, holdout),
    privacy,
    release: makeRelease(privacy, holdout),
    verdict: { level: options.level ?? (holdout ? "good" : "caution"), sentences: SENTENCES },
    method: { seed: 1, distanceRows: 16281, c2stFolds: 5, "definitions.version": "1", holdoutGiven: holdout },
  };
  return options.bare === true ? strip(report) : report;
}

function makeTables(columns: number, holdout: boolean): Report["tables"] {
  return {
    train: { rows: 32561 },
    synthetic: { rows: 32561 },
    ...(holdout ? { holdout: { rows: 16281 } } : {}),
    columns,
    omitted: [{ name: "record_id", reason: "an identifier: every value is different, so it is made anew" }],
    differences: [
      { name: "fnlwgt", problem: "missing in synthetic", message: "is not in the synthetic table" },
      { name: "weight", problem: "only in synthetic", message: "is not in the training table" },
    ],
    ceilings: holdout ? "holdout" : "none",
  };
}

function makeFidelity(names: readonly string[], holdout: boolean): Report["fidelity"] {
  const count = names.length;
  const columns = names.map((name, i) => makeColumn(name, i, holdout));
  return {
    columnShapes: similar(0.9946, 0.9937, count, holdout),
    pairTrends: similar(0.9771, 0.9843, (count * (count - 1)) / 2, holdout),
    overall: similar(0.9859, 0.989, undefined, holdout),
    c2st: makeDetection(names, holdout),
    accuracy: {
      univariate: similar(0.9921, 0.9915, count, holdout),
      bivariate: similar(0.981, 0.9802, 91, holdout),
      trivariate: similar(0.9644, 0.9651, 200, holdout),
    },
    diagnostic: {
      boundaryAdherence: { value: 1, n: count, status: "ok" },
      categoryAdherence: { value: 0.9998, n: count, status: "ok" },
      structure: { value: 1, status: "ok" },
      keyUniqueness: { value: 1, n: 1, status: "ok" },
    },
    coverage: {
      categories: similar(0.9921, 0.9874, 102, holdout),
      rareCategories: similar(0.9312, 0.9487, 41, holdout),
      tails: similar(0.9731, 0.9912, 6, holdout),
    },
    support: {
      alphaPrecision: similar(0.9871, 0.9932, 10000, holdout),
      betaRecall: needsHoldout({ value: 0.4871, low: 0.4802, high: 0.494, n: 10000, ceiling: 0.5012 }, holdout),
    },
    columns,
    pairs: makePairs(columns, holdout),
  };
}

const LATER_PRIVACY = ["euclidean", "groups", "disclosure", "outlierProximity", "holdoutOverlap"] as const;

/** The report without what is optional in the contract's tables, fidelity, columns, pairs, and without later audits' privacy. */
function strip(report: Report): Report {
  const tables = omit(report.tables, ["differences", "ceilings"]);
  const fidelity = omit(report.fidelity, ["coverage", "support"]);
  const columns = fidelity.columns.map(
    ({ name, type, metric, score, distribution, missing }): ColumnScore => ({
      name,
      type,
      metric,
      score,
      distribution,
      missing: { real: missing.real, synthetic: missing.synthetic },
    }),
  );
  const pairs = fidelity.pairs.map(
    ({ columns, metric, score, association: { real, synthetic } }): PairScore => ({
      columns,
      metric,
      score,
      association: { real, synthetic },
    }),
  );
  const { train, holdout } = fidelity.c2st;
  const privacy = omit(report.privacy, LATER_PRIVACY);
  const release = omit(report.release, ["policy", "rules"]);
  return { ...report, tables, fidelity: { ...fidelity, c2st: { train, holdout }, columns, pairs }, privacy, release };
}

function omit<T extends object, K extends keyof T>(object: T, keys: readonly K[]): Omit<T, K> {
  const copy = { ...object };
  for (const key of keys) delete copy[key];
  return copy;
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
