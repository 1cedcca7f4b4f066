import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { attributeSecret, type SecretRows } from "../../../../src/evaluate/privacy/disclosure/attribution.js";
import { coarsenColumn } from "../../../../src/evaluate/privacy/disclosure/coarse-column.js";
import { groupByClass, makeClasses } from "../../../../src/evaluate/privacy/disclosure/equivalence-classes.js";
import { rateOfCount, scoreRates } from "../../../../src/evaluate/privacy/disclosure/rate-risk.js";
import { replicatedUniques } from "../../../../src/evaluate/privacy/disclosure/replicated-uniques.js";
import { texts } from "../tables.js";

const folder = resolve(import.meta.dirname, "../../known-answers");
const text = (name: string) => readFileSync(resolve(folder, name), "utf8");
const read = (name: string) =>
  text(name)
    .trim()
    .split("\n")
    .map((line) => line.split(","));

describe("attributeSecret", () => {
  // of SDMetrics 0.32, make-attribution-answers.py
  const answers = JSON.parse(text("attribution.json"));
  const [real, synthetic] = [read("attribution-real.csv"), read("attribution-synthetic.csv")];
  const names = real[0]!;
  const coarse = (name: string) => {
    const take = (side: string[][]) =>
      texts(
        name,
        side.slice(1).map((row) => row[names.indexOf(name)]!),
      );
    return coarsenColumn({ train: take(real), synthetic: take(synthetic) }, 10);
  };
  const { of, count } = makeClasses(["town", "sex", "trade"].map(coarse));
  const [trainRows, releasedRows] = [groupByClass(of.train, count), groupByClass(of.synthetic, count)];

  it.each(["illness", "vote"])("guesses %s as SDMetrics does", (name) => {
    const secret = coarse(name);
    const released: SecretRows = { classes: releasedRows, codes: secret.codes.synthetic };
    const { guessed } = attributeSecret(released, { classes: trainRows, codes: secret.codes.train }, secret);
    expect(guessed.n).toBe(120);
    expect(1 - guessed.mean).toBeCloseTo(answers[name].zero, 12);
    expect(1 - guessed.mean / answers.found).toBeCloseTo(answers[name].matched, 12);
  });

  it("has the variance of the probabilities", () => {
    const classes = groupByClass(Int32Array.of(0, 0, 1, 1), 2);
    const released = { classes, codes: Int32Array.of(0, 1, 1, 1) };
    const targets = { classes: groupByClass(Int32Array.of(0, 1), 2), codes: Int32Array.of(0, 1) };
    expect(attributeSecret(released, targets, { levels: 2 })).toEqual({
      guessed: { mean: 0.75, variance: 0.0625, n: 2 },
      marginal: { mean: 0.5, variance: 0.0625, n: 2 },
      certain: { mean: 0.5, variance: 0.25, n: 2 },
    });
  });
});

describe("scoreRates", () => {
  it("has the known answer of 50 of 500 against 40 of 500", () => {
    const { risk } = scoreRates({ attack: rateOfCount(50, 500), control: rateOfCount(40, 500) }, "nobody");
    expect(risk.value).toBeCloseTo(0.022, 3);
    expect(risk.high! - risk.value!).toBeCloseTo(0.038, 3);
  });

  it("is unavailable without targets, with the reason", () => {
    const some = rateOfCount(1, 2);
    const none = rateOfCount(0, 0);
    expect(scoreRates({ attack: none, control: some }, "nobody")).toEqual({
      risk: { status: "unavailable", reason: "nobody" },
    });
    expect(scoreRates({ attack: some, control: none }, "nobody").risk.status).toBe("unavailable");
  });

  it("says where the attack does no better than guessing", () => {
    const score = (guessing: number) =>
      scoreRates(
        { attack: rateOfCount(5, 9), control: rateOfCount(4, 9), baseline: rateOfCount(guessing, 9) },
        "nobody",
      );
    expect(score(5).risk.reason).toContain("no better than guessing");
    expect(score(4).risk).not.toHaveProperty("reason");
  });

  it("stays within 0..1 where everything is guessed on both sides", () => {
    const { risk } = scoreRates({ attack: rateOfCount(9, 9), control: rateOfCount(9, 9) }, "nobody");
    expect(risk).toMatchObject({ value: 0, low: 0, high: 1 });
  });
});

describe("replicatedUniques", () => {
  it("counts real uniques whose class exactly one released row has", () => {
    const real = Int32Array.of(1, 1, 1, 2, 0);
    expect(replicatedUniques(real, Int32Array.of(1, 2, 0, 1, 1))).toEqual(rateOfCount(1, 3));
  });
});
