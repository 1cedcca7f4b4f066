import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { evaluateAttacks } from "../../../src/evaluate/privacy/evaluate-attacks.js";
import { prepareAudit } from "../../../src/evaluate/privacy/prepare-audit.js";
import { PRIVACY_LIMITS } from "../../../src/evaluate/privacy/privacy-limits.js";
import { makeTable, type Table, takeRows } from "../../../src/table/table.js";
import { drawPeople, numbers, stack, texts } from "./tables.js";

const ROWS = 1000;
const train = drawPeople(ROWS, makeRandom(11));
const holdout = drawPeople(ROWS, makeRandom(12));
const independent = drawPeople(ROWS, makeRandom(13));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function attack(
  synthetic: Table,
  { attacks = 1000, quasiIdentifiers = [] as string[], real = train, held = holdout } = {},
) {
  const names = real.columns.map((column) => column.name);
  const audit = prepareAudit({ train: real, synthetic, holdout: held }, names, PRIVACY_LIMITS, makeRandom(1));
  return evaluateAttacks(audit, { attacks, quasiIdentifiers, random: makeRandom(2) });
}

/** People with as many copies of training rows as said, the rest independent. */
function copying(copies: number): Table {
  return stack(takeRows(train, range(0, copies)), takeRows(independent, range(copies, ROWS)));
}

describe("the three attacks", () => {
  it("are quiet where nothing was copied", async () => {
    const found = await attack(independent, { quasiIdentifiers: ["age", "city"] });
    for (const { risk } of Object.values(found)) expect(risk.low).toBe(0);
  });

  it("find copies of the whole table: every row is linked, and its columns are guessed from the others", async () => {
    const { singlingOut, linkability, inference } = await attack(train);
    expect(linkability.risk.low).toBeGreaterThan(0.6);
    expect(inference.risk.low).toBeGreaterThan(0.9);
    expect(singlingOut.risk.low).toBeGreaterThan(0.9);
    // the numbers of people are told by their other columns, height too, on which nothing hangs
    expect(inference.variants?.find((variant) => variant.name === "joined")?.risk.low).toBeGreaterThan(0.8);
  });

  it("find copies of 5 % of the rows, linkability and inference surely", async () => {
    const { singlingOut, linkability, inference } = await attack(copying(50));
    for (const { risk } of [linkability, inference]) expect(risk.low).toBeGreaterThan(0);
    for (const { risk } of [singlingOut, linkability, inference]) expect(risk.value).toBeGreaterThan(0.03);
  });

  it("put the riskiest variant first and widen every interval for their number", async () => {
    const { inference } = await attack(copying(100), { quasiIdentifiers: ["age", "city"] });
    const variants = inference.variants!;
    // seven columns known by all others, five more by age and city
    expect(variants).toHaveLength(12);
    expect(variants.filter((variant) => variant.known !== undefined).map((variant) => variant.known)).toEqual(
      Array(5).fill(["age", "city"]),
    );
    expect(variants[0]).toMatchObject({ name: inference.worst, risk: inference.risk, attack: inference.attack });
    for (let i = 1; i < variants.length; i++) {
      const [before, after] = [variants[i - 1]!.risk, variants[i]!.risk];
      expect(before.low! > after.low! || (before.low === after.low && before.value! >= after.value!)).toBe(true);
    }
    // z is 2.87 for 12 variants: Wilson's half width of a rate near .5 of 1,000 is 2.87 * .5 / 31.6 = .045 instead of .031
    const [first] = variants.filter((variant) => Math.abs(variant.attack.value! - 0.5) < 0.2);
    expect(first!.attack.high! - first!.attack.low!).toBeGreaterThan(0.075);
  });

  it("say so where there are fewer rows than attacks, and attack equally many of both sides", async () => {
    const { linkability, inference } = await attack(independent, {
      held: takeRows(holdout, range(0, 300)),
      attacks: 500,
    });
    for (const { attack: made, control, risk } of [linkability, inference]) {
      expect([made?.n, control?.n]).toEqual([300, 300]);
      expect(risk.reason).toMatch(/only 300 of 500 attacks/);
    }
  });

  it("guess constants right on both sides, which is no risk and said to be no better than guessing", async () => {
    const constant = makeTable([numbers("x", Array(40).fill(3)), texts("y", Array(40).fill("a"))]);
    const found = await attack(constant, { real: constant, held: constant, attacks: 40 });
    expect(found.singlingOut.risk).toEqual({ status: "unavailable", reason: expect.stringMatching(/no predicate/) });
    for (const { risk } of [found.linkability, found.inference]) expect(risk).toMatchObject({ value: 0, low: 0 });
    expect(found.inference.risk.reason).toMatch(/no better than random guessing/);
  });

  it("of one column are univariate singling out alone", async () => {
    const one = (seed: number) => {
      const random = makeRandom(seed);
      return makeTable([
        numbers(
          "x",
          range(0, 100).map(() => random.normal()),
        ),
      ]);
    };
    const found = await attack(one(1), { real: one(2), held: one(3), quasiIdentifiers: ["x"] });
    expect(found.singlingOut.variants?.map((variant) => variant.name)).toEqual(["univariate"]);
    expect(found.linkability.risk.reason).toMatch(/two columns/);
    expect(found.inference.risk.reason).toMatch(/two columns/);
  });

  it("of columns that are missing altogether, on one side or on all, give figures, never NaN", async () => {
    const make = (seed: number, gone: number | null) => {
      const random = makeRandom(seed);
      const cells = () => range(0, 60).map(() => (random.uniform() < 0.3 ? null : random.integer(9)));
      return makeTable([
        numbers("a", cells()),
        numbers("b", gone === null ? Array(60).fill(null) : cells()),
        numbers("c", Array(60).fill(null)),
        texts("d", Array(60).fill(null)),
      ]);
    };
    for (const synthetic of [make(1, 1), make(1, null)]) {
      const found = await attack(synthetic, { real: make(2, 1), held: make(3, 1) });
      expect(JSON.stringify(found)).not.toMatch(/null/);
      expect(found.inference.variants).toHaveLength(4);
    }
  });
});
