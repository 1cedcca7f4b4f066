import type { Figure, Pattern, Report, TellTales, UtilityMetric } from "../../src/evaluate/report-schema.js";

type Utility = Report["utility"];
type Detection = Report["fidelity"]["c2st"];

const WITHOUT_HOLDOUT: Figure = { status: "unavailable", reason: "no held-out rows were given" };

/** Utility of a two-class target, every optional part filled in; without held-out rows nothing is. `names` are the columns. */
export function makeUtility(names: readonly string[], holdout: boolean): Utility {
  const target = names.at(-1) ?? "income";
  if (!holdout) {
    return {
      target,
      targetChosen: true,
      synthetic: WITHOUT_HOLDOUT,
      real: WITHOUT_HOLDOUT,
      baseline: WITHOUT_HOLDOUT,
    };
  }
  const others = names.slice(0, -1);
  return {
    target,
    targetChosen: true,
    metric: "AUC",
    synthetic: { ...around(0.9183, 0.0051), ceiling: 0.9265 },
    real: around(0.9265, 0.0047),
    baseline: { value: 0.5, n: 16281, status: "ok" },
    models: [
      { model: "boosting", metrics: makeMetrics(0) },
      { model: "linear", metrics: makeMetrics(0.02) },
    ],
    calibration: { synthetic: makeCalibration(0.03), real: makeCalibration(0.005) },
    importance: {
      agreement: { value: 0.89, low: 0.71, high: 0.97, n: others.length, status: "ok" },
      columns: others.map((name, i) => ({
        name,
        real: i === 3 ? null : 0.08 / (1 + i) ** 1.2,
        synthetic: (0.075 / (1 + i) ** 1.1) * (i === 2 ? 1.6 : 1),
      })),
    },
    everyColumn: names.map((name, i) =>
      i === 2
        ? { target: name, ...withoutFigures("one of its classes has no held-out row") }
        : {
            target: name,
            metric: i % 3 === 0 ? ("R2" as const) : ("AUC" as const),
            synthetic: around(0.8 - 0.02 * i, 0.008),
            real: around(0.82 - 0.015 * i, 0.007),
            baseline: { value: i % 3 === 0 ? 0 : 0.5, status: "ok" as const },
          },
    ),
  };
}

/** What tells synthetic rows from real ones, tell-tales included. `names` are the columns. */
export function makeDetection(names: readonly string[], holdout: boolean): Detection {
  return {
    train: { value: 0.5124, low: 0.5074, high: 0.5174, n: 65122, ceiling: 0.5013, status: "ok" },
    holdout: holdout
      ? { value: 0.5191, low: 0.5121, high: 0.5261, n: 32562, ceiling: 0.5021, status: "ok" }
      : WITHOUT_HOLDOUT,
    logistic: {
      train: { value: 0.5032, low: 0.4982, high: 0.5082, n: 65122, ceiling: 0.5004, status: "ok" },
      holdout: holdout
        ? { value: 0.5061, low: 0.4991, high: 0.5131, n: 32562, ceiling: 0.5009, status: "ok" }
        : WITHOUT_HOLDOUT,
    },
    ...(names.length < 3 ? {} : { tellTales: makeTellTales(names, holdout) }),
  };
}

function makeTellTales(names: readonly string[], holdout: boolean): TellTales {
  const [first = "", second = "", third = ""] = names;
  const last = names.at(-1) ?? "";
  return {
    against: holdout ? "holdout" : "train",
    columns: names.map((name, i) => ({
      name,
      importance: i === 4 ? { status: "unavailable", reason: "the booster did not use it" } : telling(0.012 / (1 + i)),
      alone: { value: 0.5 + 0.008 / (1 + i), low: 0.5 + 0.001 / (1 + i), high: 0.51 + 0.008 / (1 + i), status: "ok" },
    })),
    cells: [
      pattern([range(first, "24", "31"), is(second, "Private"), is(last, ">50K")], 0.0032, 0.0119),
      pattern([upTo(first, "24"), is(second, "Local government"), missing(third)], 0.0151, 0.0093),
    ],
    patterns: [
      pattern([upTo(first, "24"), is(second, "Private"), is(last, ">50K")], 0.003, 0.041),
      pattern([above(first, "61"), isNot(second, "Private", "?")], 0.021, 0.034),
      pattern([known(third)], 0.911, 0.934),
    ],
  };
}

function telling(value: number): Figure {
  return { value, low: value - 0.0021, high: value + 0.0021, n: 32562, status: "ok" };
}

function pattern(conditions: Pattern["conditions"], real: number, synthetic: number): Pattern {
  const share = (value: number): Figure => ({
    value,
    low: Math.max(0, value - 0.0024),
    high: value + 0.0026,
    n: 8140,
    status: "ok",
  });
  return { conditions, real: share(real), synthetic: share(synthetic) };
}

type Condition = Pattern["conditions"][number];
const is = (column: string, ...values: string[]): Condition => ({ column, relation: "is", values });
const isNot = (column: string, ...values: string[]): Condition => ({ column, relation: "is not", values });
const range = (column: string, low: string, high: string): Condition => ({
  column,
  relation: "from",
  values: [low, high],
});
const upTo = (column: string, high: string): Condition => ({ column, relation: "up to", values: [high] });
const above = (column: string, low: string): Condition => ({ column, relation: "above", values: [low] });
const missing = (column: string): Condition => ({ column, relation: "is missing", values: [] });
const known = (column: string): Condition => ({ column, relation: "is known", values: [] });

function makeMetrics(less: number): UtilityMetric[] {
  const metric = (
    name: UtilityMetric["metric"],
    synthetic: number,
    real: number,
    augmented: number,
    baseline: number,
  ): UtilityMetric => ({
    metric: name,
    synthetic: around(synthetic, 0.005),
    real: around(real, 0.0047),
    augmented: around(augmented, 0.0047),
    allReal: around(real, 0.0047),
    baseline: { value: baseline, n: 16281, status: "ok" },
  });
  return [
    metric("AUC", 0.9183 - less, 0.9265 - less, 0.9258 - less, 0.5),
    metric("F1", 0.801 - less, 0.8142 - less, 0.813 - less, 0.433),
    metric("accuracy", 0.8655 - less, 0.8731 - less, 0.8728 - less, 0.7638),
    metric("Brier", 0.0951 + less, 0.0889 + less, 0.0892 + less, 0.1804),
    metric("ECE", 0.0179 + less, 0.0052 + less, 0.0066 + less, 0),
  ];
}

function makeCalibration(bend: number): NonNullable<Utility["calibration"]>["real"] {
  return Array.from({ length: 10 }, (_, i) => {
    const predicted = 0.02 + 0.105 * i;
    return { predicted, observed: Math.max(0, predicted - bend * Math.sin(Math.PI * predicted) * 2), n: 1628 };
  });
}

function around(value: number, half: number): Figure {
  return { value, low: value - half, high: value + half, n: 16281, status: "ok" };
}

function withoutFigures(reason: string) {
  const figure: Figure = { status: "unavailable", reason };
  return { synthetic: figure, real: figure, baseline: figure };
}
