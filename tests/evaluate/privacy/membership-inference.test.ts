import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { codeTable } from "../../../src/evaluate/privacy/coded-table.js";
import { fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import { inferMembership, type MembershipAttack } from "../../../src/evaluate/privacy/membership-inference.js";
import { codeShadows, type ShadowTable } from "../../../src/evaluate/privacy/shadow-attack.js";
import { makeTable, type Table, takeRows } from "../../../src/table/table.js";
import { drawPeople, numbers, PEOPLE_COLUMNS, perturb, stack } from "./tables.js";

const train = drawPeople(800, makeRandom(1));
const holdout = drawPeople(800, makeRandom(2));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

async function infer(tables: { train: Table; synthetic: Table; holdout: Table; shadows?: ShadowTable[] }, seed = 1) {
  const columns = tables.train.columns.map(({ name }) => name);
  const space = fitGowerSpace(tables, columns);
  const code = (table: Table) => codeTable(space, table);
  return inferMembership(code(tables.train), code(tables.synthetic), code(tables.holdout), {
    rowLimit: 5000,
    shadows: codeShadows({ ...tables, columns }),
    random: makeRandom(seed),
  });
}

async function attacksOf(tables: Parameters<typeof infer>[0], seed = 1): Promise<readonly MembershipAttack[]> {
  const found = await infer(tables, seed);
  if (found.kind === "unavailable") throw new Error(found.reason);
  return found.attacks;
}

/** What a generator that copies `share` of its training rows, and draws the others afresh, makes of a table. */
function copying(table: Table, share: number, seed: number, change = (copies: Table) => copies): Table {
  const copies = Math.round(share * table.rowCount);
  return stack(change(takeRows(table, range(0, copies))), drawPeople(table.rowCount - copies, makeRandom(seed)));
}

/** Shadow models that train on complementary halves of all real rows. */
function trainShadows(pairs: number, generate: (table: Table, seed: number) => Table): ShadowTable[] {
  const real = stack(train, holdout);
  return range(0, pairs).flatMap((pair) => {
    const order = makeRandom(9).fork(pair).permutation(real.rowCount);
    const half = real.rowCount / 2;
    return [order.slice(0, half), order.slice(half)].map((members, at) => ({
      members,
      synthetic: generate(takeRows(real, members), 1000 + 2 * pair + at),
    }));
  });
}

describe("membership inference", () => {
  it("recognises every row of a copied table", async () => {
    for (const { auc, risk, truePositivesAt1Percent } of await attacksOf({ train, synthetic: train, holdout })) {
      expect(auc.low).toBeGreaterThan(0.98);
      expect(risk.low).toBeGreaterThan(0.96);
      expect(truePositivesAt1Percent.low).toBeGreaterThan(0.9);
    }
  });

  it("recognises a tenth that was copied, exactly or with noise on its numbers", async () => {
    const exact = await attacksOf({ train, synthetic: copying(train, 0.1, 3), holdout });
    expect(exact[0]!.truePositivesAt1Percent.low).toBeGreaterThan(0.03);
    const noisy = copying(train, 0.3, 3, (copies) => perturb(copies, 0.01, makeRandom(4)));
    for (const { auc } of await attacksOf({ train, synthetic: noisy, holdout })) expect(auc.low).toBeGreaterThan(0.53);
  });

  it("raises at most one false alarm in forty samples that copy nothing, and covers guessing", async () => {
    let alarms = 0;
    for (const seed of range(0, 40)) {
      const tables = [0, 1, 2].map((at) => drawPeople(300, makeRandom(100 + seed).fork(at)));
      const attacks = await attacksOf({ train: tables[0]!, synthetic: tables[1]!, holdout: tables[2]! }, seed);
      if (attacks.some(({ auc }) => auc.low! > 0.5)) alarms++;
    }
    // 2.5 % are to be expected; two or more of 40 have a probability of 26 %, four or more of 2 %
    expect(alarms).toBeLessThan(4);
  });

  it("leaves out members that equal non-members, which would hide that the others are recognised", async () => {
    // A hundred values, each in eight rows: nearly all of them are drawn on either side
    const values = range(0, 800).map((row) => row % 100);
    const common = makeTable([numbers("x", values), numbers("y", values)]);
    const single = (seed: number) => {
      const random = makeRandom(seed);
      const draw = () => range(0, 200).map(() => random.uniform());
      return makeTable([numbers("x", draw()), numbers("y", draw())]);
    };
    const tables = { train: stack(common, single(1)), holdout: stack(common, single(2)) };
    const [distance] = await attacksOf({ ...tables, synthetic: tables.train });
    // With the hundred values of both sides, which are tied, it would be .75
    expect(distance!.auc.value).toBeGreaterThan(0.97);
    // Of 500 members and non-members each, a fifth is single
    expect(distance!.auc.n).toBeGreaterThan(150);
    expect(distance!.auc.n).toBeLessThan(260);
    expect(await infer({ train: common, synthetic: common, holdout: common })).toEqual({
      kind: "unavailable",
      reason: expect.stringContaining("equal held-out rows"),
    });
  });

  it("attacks equal rows once: among values of few rows their intervals cover guessing", async () => {
    let alarms = 0;
    for (const seed of range(0, 40)) {
      const random = makeRandom(200 + seed);
      const draw = () => {
        // Values in groups: a value that one side has, it has several times
        const values = range(0, 120).map(() => Math.floor(1e4 * random.uniform() ** 3));
        return makeTable([
          numbers(
            "x",
            range(0, 600).map((row) => values[row % 120]!),
          ),
          numbers(
            "y",
            range(0, 600).map(() => 1),
          ),
        ]);
      };
      const [train, synthetic, holdout] = [draw(), draw(), draw()] as const;
      const [distance] = await attacksOf({ train, synthetic, holdout }, seed);
      expect(distance!.auc.n).toBeLessThanOrEqual(240);
      if (distance!.auc.low! > 0.5) alarms++;
    }
    expect(alarms).toBeLessThan(4);
  });

  it("needs 20 rows of a side", async () => {
    const few = { train, synthetic: train, holdout: takeRows(holdout, range(0, 39)) };
    expect(await infer(few)).toMatchObject({ kind: "unavailable" });
    expect(await infer({ ...few, holdout: takeRows(holdout, range(0, 40)) })).toMatchObject({ kind: "attacked" });
  });
});

describe("membership inference with shadow models", () => {
  it("recognises more rows for certain than their distances do", async () => {
    const generate = (table: Table, seed: number) =>
      copying(table, 1, seed, (copies) => perturb(copies, 0.12, makeRandom(seed)));
    const shadows = trainShadows(4, generate);
    const [distance, ratio, shadow] = await attacksOf({ train, synthetic: generate(train, 5), holdout, shadows });
    expect([distance!.name, ratio!.name, shadow!.name]).toEqual(["distance", "density ratio", "shadow models"]);
    expect(shadow!.auc.value).toBeGreaterThan(distance!.auc.value!);
    // .25 against .12
    expect(shadow!.truePositivesAt1Percent.value).toBeGreaterThan(1.5 * distance!.truePositivesAt1Percent.value!);
  });

  it("says of a copying generator that every row is recognised", async () => {
    const attacks = await attacksOf({ train, synthetic: train, holdout, shadows: trainShadows(1, (table) => table) });
    expect(attacks[2]!.auc.low).toBeGreaterThan(0.98);
  });

  it("guesses where the models copy nothing", async () => {
    const fresh = (table: Table, seed: number) => drawPeople(table.rowCount, makeRandom(seed));
    const attacks = await attacksOf({ train, synthetic: fresh(train, 6), holdout, shadows: trainShadows(3, fresh) });
    for (const { auc } of attacks) expect(auc.low).toBeLessThan(0.5);
  });

  it("refuses a shadow table without a column", () => {
    const synthetic = makeTable(train.columns.slice(1));
    const shadows = [{ synthetic, members: [0] }];
    expect(() => codeShadows({ train, synthetic: train, holdout, columns: PEOPLE_COLUMNS, shadows })).toThrow(
      expect.objectContaining({ code: "E_PRIVACY_COLUMN" }),
    );
  });
});
