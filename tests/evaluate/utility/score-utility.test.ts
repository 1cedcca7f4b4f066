import { describe, expect, it } from "vitest";
import { chooseTarget } from "../../../src/evaluate/utility/choose-target.js";
import { scoreUtility } from "../../../src/evaluate/utility/score-utility.js";
import { makeTable, type Table, takeRows } from "../../../src/table/table.js";
import { numbers, people, scored, stream, texts, withColumn, withShuffled } from "../planted.js";

const train = people(1500, "train");
const holdout = people(1500, "holdout");
const fresh = people(1500, "fresh");

function utility(synthetic: Table, target?: string, real = train, test: Table | undefined = holdout) {
  return scoreUtility(scored(real, synthetic, test), { target, random: stream("utility") });
}

describe("scoreUtility", () => {
  it("of another real sample is that of the training rows", async () => {
    const { target, metric, synthetic, real, baseline } = await utility(fresh);
    expect([target, metric, baseline.value]).toEqual(["buys", "AUC", 0.5]);
    expect(real.value).toBeGreaterThan(0.75);
    expect(Math.abs(synthetic.value! - real.value!)).toBeLessThan(0.03);
    expect(synthetic.ceiling).toBe(real.value);
    expect(synthetic.n).toBe(1500);
  });

  it("falls to guessing when the target is shuffled", async () => {
    const { synthetic } = await utility(withShuffled(fresh, "buys"));
    expect(Math.abs(synthetic.value! - 0.5)).toBeLessThan(0.07);
  });

  it("falls below guessing when the target is turned round", async () => {
    const turned = withColumn(fresh, "buys", (column) =>
      column.kind === "text" ? { ...column, codes: column.codes.map((code) => 1 - code) } : column,
    );
    expect((await utility(turned)).synthetic.high).toBeLessThan(0.3);
  });

  it.each([
    ["has one class", "no"],
    ["is missing everywhere", null],
  ])("is .5, with the reason, where the synthetic target %s", async (_, value) => {
    const single = withColumn(fresh, "buys", () => texts("buys", new Array(1500).fill(value)));
    const { synthetic, real, models, calibration, importance } = await utility(single);
    expect(synthetic).toMatchObject({ value: 0.5, reason: expect.stringMatching(/fewer than two classes/) });
    expect(real.value).toBeGreaterThan(0.75);
    for (const { metrics } of models!) {
      for (const metric of metrics.slice(1)) expect(metric.synthetic.status).toBe("unavailable");
      expect(metrics[4]!.real.value).toBeLessThan(0.1);
    }
    expect(calibration).toBeUndefined();
    expect(importance!.agreement.status).toBe("unavailable");
    expect(importance!.columns.map((column) => column.synthetic)).toEqual([null, null, null]);
  });

  it("of a number is R2, with 0 as the baseline", async () => {
    const { metric, synthetic, real, baseline } = await utility(fresh, "age");
    expect([metric, baseline.value]).toEqual(["R2", 0]);
    expect(real.value).toBeGreaterThan(0.2);
    expect(synthetic.value).toBeGreaterThan(0.2);
    expect((await utility(withShuffled(fresh, "age"), "age")).synthetic.value).toBeLessThan(0);
  });

  it("of several classes is the mean of one against the rest", async () => {
    const { metric, synthetic, real } = await utility(fresh, "job");
    expect(metric).toBe("AUC");
    expect(real.value).toBeGreaterThan(0.7);
    expect(Math.abs(synthetic.value! - real.value!)).toBeLessThan(0.05);
    expect((await utility(withShuffled(fresh, "job"), "job")).synthetic.value).toBeLessThan(0.6);
  });

  it("counts .5 for a class that the synthetic rows lack", async () => {
    const job = fresh.columns.find((column) => column.name === "job")!;
    const rows = Array.from({ length: 1500 }, (_, row) => row);
    const withoutJudges = takeRows(
      fresh,
      rows.filter((row) => "codes" in job && job.dictionary[job.codes[row]!] !== "judge"),
    );
    const { synthetic } = await utility(withoutJudges, "job");
    expect(synthetic.reason).toBe("1 of 3 classes do not occur in the rows learned from");
    expect(synthetic.value).toBeLessThan((await utility(fresh, "job")).synthetic.value! - 0.05);
  });

  it("leaves out rows of a class that training has hardly any of", async () => {
    const rare = (table: Table) =>
      withColumn(table, "buys", (column) =>
        column.kind === "text"
          ? { ...column, dictionary: [...column.dictionary, "returns"], codes: column.codes.with(0, 2) }
          : column,
      );
    const { synthetic } = await utility(rare(fresh), "buys", rare(train), rare(holdout));
    expect(synthetic.n).toBe(1499);
    expect(synthetic.value).toBeGreaterThan(0.75);
  });

  it("learns from equally many rows of both tables", async () => {
    const few = takeRows(fresh, [...Array(60).keys()]);
    const { real } = await utility(few);
    // 60 training rows cannot do what 1,500 do.
    expect(real.value).toBeLessThan((await utility(fresh)).real.value!);
  });

  it("is unavailable with one column, with a constant held-out target, with few rows of which none is held out", async () => {
    const one = makeTable([texts("a", ["x", "y", "x", "y"])]);
    expect((await utility(one, undefined, one, one)).synthetic.reason).toMatch(/no other column/);
    const single = withColumn(holdout, "buys", () => texts("buys", new Array(1500).fill("no")));
    expect((await utility(fresh, "buys", train, single)).synthetic.reason).toMatch(/held-out rows have fewer/);
    const few = takeRows(train, [...Array(99).keys()]);
    const without = await scoreUtility(scored(few, fresh), { random: stream("utility") });
    expect(without).toMatchObject({ target: "buys", metric: "AUC", synthetic: { status: "unavailable" } });
    expect(without.real.reason).toMatch(/no row was held out, and fewer than 100 training rows/);
  });

  it("is unavailable where every value of the target is another one, and where one held-out row is left", async () => {
    const names = (table: Table) =>
      withColumn(table, "buys", () =>
        texts(
          "buys",
          Array.from({ length: table.rowCount }, (_, row) => `n${row}`),
        ),
      );
    const tables = scored(names(train), names(fresh), names(holdout), { buys: "category" });
    const every = await scoreUtility(tables, { target: "buys", random: stream("utility") });
    expect(every.synthetic.reason).toMatch(/no two classes of 20 training rows/);
    expect(every.models).toBeUndefined();
    for (const target of ["buys", "age"]) {
      const { synthetic, real } = await utility(fresh, target, train, takeRows(holdout, [0]));
      expect([synthetic.status, real.status]).toEqual(["unavailable", "unavailable"]);
    }
  });

  it("learns from one half of training and tests on the other where no row is held out, and says so", async () => {
    const { synthetic, real, models } = await scoreUtility(scored(train, fresh), { random: stream("utility") });
    expect([synthetic.n, real.n]).toEqual([750, 750]);
    expect(real.value).toBeGreaterThan(0.75);
    expect(Math.abs(synthetic.value! - real.value!)).toBeLessThan(0.05);
    for (const figure of [synthetic, real]) expect(figure.reason).toMatch(/^an estimate: no row was held out/);
    expect(models?.[1]?.metrics[2]?.real.reason).toMatch(/^an estimate/);
  });

  it("tells whether the target was asked for", async () => {
    expect((await utility(fresh, "buys")).targetChosen).toBe(false);
    expect((await utility(fresh)).targetChosen).toBe(true);
  });

  it("is the same for the same stream", async () => {
    expect(await utility(fresh)).toEqual(await utility(fresh));
  });
});

describe("chooseTarget", () => {
  const at = (columns: Parameters<typeof makeTable>[0], name?: string) => {
    const table = makeTable(columns);
    return chooseTarget(scored(table, table), name);
  };
  const few = texts("few", ["x", "y", "x", "y", "x", "y"]);
  const also = texts("also", ["x", "y", "y", "y", "x", "y"]);
  const many = texts(
    "many",
    [...Array(48).keys()].map((row) => `v${row % 12}`),
  );
  const number = numbers("number", [1.5, 2, 3, 1, 5, 2], 1);

  it("takes the named column", () => {
    expect(at([few, number], "number")).toBe(1);
  });

  it("takes the last category with 2 to 10 values, else the last number", () => {
    expect(at([few, also, number])).toBe(1);
    const wide = numbers(
      "number",
      [...Array(48).keys()].map((row) => row / 7),
      1,
    ); // more than ten categories beside it
    expect(at([many, wide])).toBe(1);
    expect(at([many])).toBeUndefined();
  });

  it("refuses an unknown name and suggests the nearest", () => {
    expect(() => at([few, number], "numbre")).toThrow(
      expect.objectContaining({ code: "E_EVALUATE_TARGET", hint: 'did you mean "number"?' }),
    );
  });
});
