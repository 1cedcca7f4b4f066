import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { scoreAttack } from "../../../src/evaluate/privacy/attack-risk.js";
import { drawTargets } from "../../../src/evaluate/privacy/attack-targets.js";
import type { AttributeTable } from "../../../src/evaluate/privacy/attribute-table.js";
import { fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import { attackInference } from "../../../src/evaluate/privacy/inference.js";
import { attackLinkability } from "../../../src/evaluate/privacy/linkability.js";
import { atLeast, atMost, equalTo, indexPredicates, type Predicate } from "../../../src/evaluate/privacy/predicate.js";
import { prepareAudit } from "../../../src/evaluate/privacy/prepare-audit.js";
import { PRIVACY_LIMITS } from "../../../src/evaluate/privacy/privacy-limits.js";
import { univariatePredicates } from "../../../src/evaluate/privacy/univariate-predicates.js";
import { readTable } from "../../../src/io/read-table.js";
import { conformTable } from "../../../src/table/conform-table.js";

// Expected values: anonymeter 1.1.0, by tests/evaluate/known-answers/make-anonymeter-answers.py on its tables. They are made so
// that its definition is ours. Where tables are not so made, it differs from ours in this:
// - It scales numbers by their range over the targets and the synthetic rows; one far synthetic value shrinks all distances.
//   Here it is the range of the real rows, and differences above it count as 1.
// - A number that is missing in both rows adds 1 to its distance, one missing in either makes the row the farthest of all
//   (NaN sorts last). Here 0 and 1, as for categories.
// - Which of equally near rows it takes depends on its sorting. Here the lowest.
// - It divides a number's error by the guess, signed: every negative guess is a hit. Here by the secret's magnitude.
// - Dates are categories to it.
// - Its naive guesses carry the synthetic rows' labels and are looked up by the targets': most come out missing. Its
//   baseline is too low.
// - It removes duplicate rows before singling out, so that a predicate true of two equal rows succeeds. Here it fails.
// - It divides the successes of singling out by the attacks asked for, also where fewer predicates were found.
// - It corrects a smaller control by a model fitted to the number of queries. Here both sides are equally large.
const folder = new URL("../known-answers/", import.meta.url).pathname;
interface Counts {
  readonly attack: number;
  readonly control: number;
}
type Conditions = readonly (readonly [column: string, comparison: "==" | "<=" | ">=", value: string | number | null])[];
interface Answers {
  readonly linkability: readonly (Counts & { left: string[]; right: string[] })[];
  readonly inference: readonly { secret: string; known: string[]; anonymeter: Counts; byMagnitudeOfSecret: Counts }[];
  readonly univariate: Counts & { readonly predicates: readonly Conditions[] };
  readonly multivariate: Counts & { readonly predicates: readonly Conditions[] };
  readonly risks: Record<string, readonly [value: number, low: number, high: number]>;
}
const answers = JSON.parse(readFileSync(`${folder}anonymeter.json`, "utf8")) as Answers;

const train = await readTable(`${folder}anonymeter-train.csv`);
const [holdout, synthetic] = await Promise.all(
  ["holdout", "synthetic"].map(async (name) => conformTable(await readTable(`${folder}anonymeter-${name}.csv`), train)),
);
const names = train.columns.map((column) => column.name);
const tables = { train, synthetic: synthetic!, holdout: holdout! };
const space = fitGowerSpace(tables, names);
const audit = prepareAudit(tables, names, PRIVACY_LIMITS, makeRandom(1));
const sides = { train: audit.train, synthetic: audit.synthetic, holdout: audit.holdout! };
const targets = drawTargets(sides, 500, makeRandom(2));
const positions = (columns: readonly string[]) => columns.map((name) => names.indexOf(name));
const countsOf = ({ attack, control }: { attack: { successes: number }; control: { successes: number } }) => ({
  attack: attack.successes,
  control: control.successes,
});

describe("agrees with anonymeter", () => {
  it.each(answers.linkability)("in what is linked by $left and $right", async ({ left, attack, control }) => {
    const variants = await attackLinkability(sides, targets, positions(left), makeRandom(3));
    const split = variants.find((variant) => variant.name === "quasi-identifiers and the rest")!;
    expect(new Set(split.known)).toEqual(new Set(left));
    expect(countsOf(split)).toEqual({ attack, control });
  });

  it.each(answers.inference.map((answer) => ({ ...answer, count: answer.known.length })))(
    "in what $secret is guessed to be from $count columns",
    async ({ secret, known, count, ...expected }) => {
      const onlyThese = count < names.length - 1;
      const variants = await attackInference(sides, targets, onlyThese ? positions(known) : [], makeRandom(3));
      const variant = variants.find((one) => one.name === secret && (one.known !== undefined) === onlyThese)!;
      expect(variant.known?.length ?? names.length - 1).toBe(count);
      expect(countsOf(variant)).toEqual(expected.byMagnitudeOfSecret);
    },
  );

  it("in guessed categories by its own judgement, and differs in guessed negative numbers, each of which it counts", () => {
    for (const { secret, anonymeter, byMagnitudeOfSecret } of answers.inference) {
      if (["trade", "town", "plan"].includes(secret)) expect(anonymeter).toEqual(byMagnitudeOfSecret);
      if (secret === "balance") expect(anonymeter.control).toBeGreaterThan(byMagnitudeOfSecret.control + 100);
    }
  });

  it("in which values and extremes of one column single out a row", () => {
    const found = univariatePredicates(audit.predicateSource, 10_000, makeRandom(4));
    const expected = answers.univariate.predicates.map((conditions) => predicateOf(conditions, audit.predicateSource));
    const key = (predicate: Predicate) => JSON.stringify(predicate);
    expect(new Set(found.map(key))).toEqual(new Set(expected.map(key)));
  });

  it.each(["univariate", "multivariate"] as const)("in how many %s predicates single out real rows", (kind) => {
    const { predicates, attack, control } = answers[kind];
    const count = (side: AttributeTable) => {
      const singlesOut = indexPredicates(side);
      return predicates.filter((conditions) => singlesOut(predicateOf(conditions, side))).length;
    };
    expect({ attack: count(sides.train.attributes), control: count(sides.holdout.attributes) }).toEqual({
      attack,
      control,
    });
    const singlesOutSynthetic = indexPredicates(audit.predicateSource);
    expect(predicates.every((one) => singlesOutSynthetic(predicateOf(one, audit.predicateSource)))).toBe(true);
  });

  it.each([
    ["50/500 against 40/500", 500, 50, 40],
    ["700/2000 against 300/2000", 2000, 700, 300],
  ])("in the risk of %s", (name, attempts, attack, control) => {
    const [value, low, high] = answers.risks[name]!;
    const count = (successes: number) => ({ attempts, successes });
    const score = scoreAttack({
      name,
      attack: count(attack),
      control: count(control),
      baseline: count(5),
      requested: attempts,
    });
    expect(score.risk.value).toBeCloseTo(value, 5);
    expect(score.risk.low).toBeCloseTo(low, 5);
    expect(score.risk.high).toBeCloseTo(high, 5);
  });
});

/** Their conditions in our coding. */
function predicateOf(conditions: Conditions, table: AttributeTable): Predicate {
  return conditions.map(([name, comparison, value]) => {
    const at = names.indexOf(name);
    if (value === null) return equalTo(at, Number.POSITIVE_INFINITY);
    if (typeof value === "string") return equalTo(at, codeOf(name, value));
    if (comparison === "==") return equalTo(at, value);
    expect(table.columns[at]!.kind).toBe("number");
    return comparison === "<=" ? atMost(at, value) : atLeast(at, value);
  });
}

/** The code that all tables share. */
function codeOf(name: string, level: string): number {
  const column = space.columns[names.indexOf(name)]!;
  if (column.kind !== "categorical") throw new Error(`${name} is no category`);
  return column.codes!.get(level)!;
}
