import { describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../../src/core/progress.js";
import { makeRandom } from "../../../src/core/random.js";
import { codeTable } from "../../../src/evaluate/privacy/coded-table.js";
import { evaluatePrivacy } from "../../../src/evaluate/privacy/evaluate-privacy.js";
import { fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import { findHoldoutOverlap, isOverlapping } from "../../../src/evaluate/privacy/holdout-overlap.js";
import { makeRowIndex } from "../../../src/evaluate/privacy/identical-matches.js";
import { type Table, takeRows } from "../../../src/table/table.js";
import { drawPeople, PEOPLE_COLUMNS, stack } from "./tables.js";

const train = drawPeople(800, makeRandom(1));
const holdout = drawPeople(400, makeRandom(2));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function overlapOf(real: Table, held: Table, columns: readonly string[]) {
  const space = fitGowerSpace({ train: real, holdout: held, synthetic: real }, columns);
  const trained = codeTable(space, real);
  return findHoldoutOverlap(trained, codeTable(space, held), makeRowIndex(trained));
}

describe("held-out rows that stand in training", () => {
  it("are counted: 40 of 400", () => {
    const held = stack(takeRows(holdout, range(0, 360)), takeRows(train, range(0, 40)));
    expect(overlapOf(train, held, PEOPLE_COLUMNS)).toMatchObject({ rows: 40, excess: { value: 0.1, n: 400 } });
  });

  it("are not told where chance explains them: no row, and few columns that training rows share among themselves", () => {
    expect(overlapOf(train, holdout, PEOPLE_COLUMNS)).toMatchObject({ rows: 0, excess: { value: 0 } });
    for (const columns of [PEOPLE_COLUMNS, ["city", "job", "married"], ["age", "city", "job"]]) {
      expect(isOverlapping(overlapOf(train, holdout, columns))).toBe(false);
    }
  });

  it("are told among few columns where they are more than that", () => {
    const held = stack(takeRows(holdout, range(0, 200)), takeRows(train, range(0, 200)));
    const overlap = overlapOf(train, held, ["age", "city", "job", "married"]);
    expect(isOverlapping(overlap)).toBe(true);
    expect(overlap.rows).toBeGreaterThan(200);
  });

  it("stand in the report and in a notice", async () => {
    const notices: ProgressEvent[] = [];
    const privacy = await evaluatePrivacy({
      train,
      synthetic: drawPeople(300, makeRandom(3)),
      holdout: takeRows(train, range(0, 100)),
      columns: ["age", "income", "city"],
      random: makeRandom(1),
      limits: { attacks: 20 },
      onProgress: (event) => event.kind === "notice" && notices.push(event),
    });
    expect(privacy.holdoutOverlap?.rows).toBe(100);
    expect(notices).toMatchObject([
      { code: "N_HOLDOUT_OVERLAP", message: expect.stringContaining("100 held-out rows") },
    ]);
  });
});
