import { describe, expect, it } from "vitest";
import { utilitySchema } from "../../../src/evaluate/contract/utility-schema.js";
import type { UtilityMetric } from "../../../src/evaluate/report-schema.js";
import { scoreUtility } from "../../../src/evaluate/utility/score-utility.js";
import { type Table, takeRows } from "../../../src/table/table.js";
import { people, scored, stream, withAllShuffled, withColumn, withShuffled } from "../planted.js";

const train = people(1200, "train");
const holdout = people(1200, "holdout");

function utility(synthetic: Table, target = "buys", everyTarget = false) {
  return scoreUtility(scored(train, synthetic, holdout), { target, everyTarget, random: stream("models") });
}

function metricsOf(models: Awaited<ReturnType<typeof utility>>["models"], model: "boosting" | "linear") {
  const { metrics } = models!.find((entry) => entry.model === model)!;
  return new Map(metrics.map((entry) => [entry.metric, entry]));
}

const valuesOf = ({ synthetic, real, augmented, allReal, baseline }: UtilityMetric) => ({
  synthetic: synthetic.value!,
  real: real.value!,
  augmented: augmented!.value!,
  allReal: allReal!.value!,
  baseline: baseline.value!,
});

describe("the models of scoreUtility", () => {
  it("trained on the training table itself are the real ones, in every measure", async () => {
    const { models, importance, calibration } = await utility(train);
    for (const { metrics } of models!) {
      for (const { synthetic, real } of metrics) {
        expect(synthetic.value).toBeGreaterThanOrEqual(real.low!);
        expect(synthetic.value).toBeLessThanOrEqual(real.high!);
        expect(synthetic.ceiling).toBe(real.value);
      }
    }
    expect(importance!.agreement.value).toBe(1);
    expect(calibration!.synthetic).toEqual(calibration!.real);
  });

  it("have every measure for classes, and the baseline's own", async () => {
    const utilities = await utility(people(1200, "fresh"));
    expect(utilitySchema.safeParse(utilities).error).toBeUndefined();
    for (const model of ["boosting", "linear"] as const) {
      const metrics = metricsOf(utilities.models, model);
      expect([...metrics.keys()]).toEqual(["AUC", "F1", "accuracy", "Brier", "ECE"]);
      for (const name of ["AUC", "F1", "accuracy"] as const) {
        const { real, baseline } = valuesOf(metrics.get(name)!);
        expect(real).toBeGreaterThan(baseline + 0.1);
      }
      const { real, baseline } = valuesOf(metrics.get("Brier")!);
      expect(real).toBeLessThan(baseline - 0.04);
      expect(metrics.get("AUC")!.baseline.value).toBe(0.5);
    }
    const shares = countShares(holdout, "buys");
    const accuracy = metricsOf(utilities.models, "boosting").get("accuracy")!;
    expect(accuracy.baseline.value).toBeCloseTo(Math.max(...shares), 12);
  });

  it("have R2 and RMSE for numbers", async () => {
    const { models, calibration, importance } = await utility(people(1200, "fresh"), "age");
    for (const model of ["boosting", "linear"] as const) {
      const metrics = metricsOf(models, model);
      expect([...metrics.keys()]).toEqual(["R2", "RMSE"]);
      const { real, baseline } = valuesOf(metrics.get("RMSE")!);
      expect(real).toBeLessThan(baseline - 0.5);
      expect(Math.abs(metrics.get("R2")!.baseline.value!)).toBeLessThan(0.01);
    }
    expect(calibration).toBeUndefined();
    expect(importance!.columns.map(({ name }) => name)).toEqual(["income", "job", "buys"]);
  });

  it("gain nothing from as many rows of noise, and lose by them", async () => {
    const { models } = await utility(withAllShuffled(train));
    for (const model of ["boosting", "linear"] as const) {
      const { augmented, allReal, synthetic } = valuesOf(metricsOf(models, model).get("Brier")!);
      expect(augmented).toBeGreaterThan(allReal + 0.003);
      expect(synthetic).toBeGreaterThan(augmented);
    }
  });

  it("gain from rows of the same source where training has few", async () => {
    const few = takeRows(train, [...Array(80).keys()]);
    const { models } = await scoreUtility(scored(few, people(1200, "fresh"), holdout), {
      target: "buys",
      random: stream("models"),
    });
    const { augmented, allReal } = valuesOf(metricsOf(models, "boosting").get("AUC")!);
    expect(augmented).toBeGreaterThan(allReal);
  });

  it("learn from all real rows beside as many as there are synthetic ones", async () => {
    const { models } = await utility(takeRows(people(1200, "fresh"), [...Array(50).keys()]));
    const { real, allReal } = valuesOf(metricsOf(models, "boosting").get("AUC")!);
    expect(allReal).toBeGreaterThan(real + 0.02);
  });

  it("trained on a shuffled target know nothing and look at other columns", async () => {
    const { synthetic, importance, calibration } = await utility(withShuffled(train, "buys"));
    expect(Math.abs(synthetic.value! - 0.5)).toBeLessThan(0.07);
    expect(importance!.columns.find(({ name }) => name === "income")!.synthetic).toBeLessThan(
      importance!.columns.find(({ name }) => name === "income")!.real! - 0.1,
    );
    const gap = (groups: readonly { predicted: number; observed: number }[]) =>
      Math.max(...groups.map(({ predicted, observed }) => Math.abs(predicted - observed)));
    expect(gap(calibration!.synthetic)).toBeGreaterThan(gap(calibration!.real) + 0.1);
  });

  it("agree less on the columns' importance where one column is noise", async () => {
    const noised = withShuffled(people(1200, "fresh"), "income");
    const { importance } = await utility(noised);
    const fine = await utility(people(1200, "fresh"));
    const income = (columns: NonNullable<typeof importance>["columns"]) =>
      columns.find(({ name }) => name === "income")!;
    expect(importance!.agreement.value).toBeLessThan(fine.importance!.agreement.value!);
    expect(income(importance!.columns).synthetic).toBeLessThan(income(importance!.columns).real! / 3);
    expect(income(fine.importance!.columns).synthetic).toBeGreaterThan(income(fine.importance!.columns).real! / 2);
  });
});

describe("everyColumn", () => {
  it("predicts each column in turn when asked for, as synthetic and as real rows teach it", async () => {
    const broken = withShuffled(people(1200, "fresh"), "age");
    const { everyColumn } = await utility(broken, "buys", true);
    expect(everyColumn!.map(({ target, metric }) => [target, metric])).toEqual([
      ["age", "R2"],
      ["income", "R2"],
      ["job", "AUC"],
      ["buys", "AUC"],
    ]);
    const [age, income] = everyColumn!;
    expect(age!.real.value).toBeGreaterThan(0.15);
    expect(age!.synthetic.value).toBeLessThan(0);
    expect(age!.synthetic.ceiling).toBe(age!.real.value);
    expect(income!.baseline.value).toBe(0);
    expect((await utility(broken)).everyColumn).toBeUndefined();
  });

  it("says why a column has no figures", async () => {
    const still = withColumn(holdout, "age", (column) =>
      column.kind === "number" ? { ...column, values: column.values.map(() => 30) } : column,
    );
    const { everyColumn } = await scoreUtility(scored(train, train, still), {
      everyTarget: true,
      random: stream("models"),
    });
    expect(everyColumn![0]).toMatchObject({ target: "age", synthetic: { status: "unavailable" } });
    expect(everyColumn![0]!.real.reason).toMatch(/fewer than two values/);
    expect(everyColumn![3]!.real.status).toBe("ok");
  });

  it("tells which column it is at", async () => {
    const words: string[] = [];
    await scoreUtility(scored(train, train, holdout), {
      everyTarget: true,
      random: stream("models"),
      onProgress: (event) => event.kind === "progress" && words.push(`${event.done} ${event.quality}`),
    });
    expect(words[0]).toBe("0 training models on synthetic rows");
    expect(words).toContain("13 predicting column 3 of 4");
  });

  it("stops when asked to", async () => {
    const stop = new AbortController();
    const work = scoreUtility(scored(train, train, holdout), {
      random: stream("models"),
      signal: stop.signal,
      onProgress: (event) => event.kind === "progress" && event.done === 2 && stop.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});

function countShares(table: Table, name: string): number[] {
  const column = table.columns.find((entry) => entry.name === name)!;
  if (!("codes" in column)) return [];
  return column.dictionary.map((_, code) => column.codes.filter((own) => own === code).length / column.codes.length);
}
