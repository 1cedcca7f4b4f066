import { describe, expect, it } from "vitest";
import type { ScoredColumn, ScoredTable, ScoredTables } from "../../../src/evaluate/scored-table.js";
import { makeTask } from "../../../src/evaluate/utility/prediction-task.js";
import { chooseUtilityRows } from "../../../src/evaluate/utility/utility-rows.js";
import { stream } from "../planted.js";

/** Tables of `columns` numbers, the synthetic one of 4,000 rows, the others of 5,000. */
function wide(columns: number): ScoredTables {
  const table = (rowCount: number): ScoredTable => ({
    rowCount,
    columns: Array.from({ length: columns }, (_, at) => ({
      kind: "number",
      values: Float64Array.from({ length: rowCount }, (_, row) => (row * (at + 3)) % 17),
    })),
  });
  const column = (at: number): ScoredColumn => ({
    name: `c${at}`,
    type: "integer",
    dictionary: [],
    unit: 1,
    write: String,
  });
  return {
    columns: Array.from({ length: columns }, (_, at) => column(at)),
    train: table(5000),
    synthetic: table(4000),
    holdout: table(5000),
  };
}

function rowsOf(columns: number, cap: number) {
  const tables = wide(columns);
  const chosen = chooseUtilityRows(tables, makeTask(tables, 0), stream("rows"), cap);
  if ("problem" in chosen) throw new Error(chosen.problem);
  const { synthetic, real, allReal, augmented, test } = chosen;
  return [synthetic, real, allReal, augmented, test].map(({ rowCount }) => rowCount);
}

describe("chooseUtilityRows", () => {
  it("learns from equally many synthetic and real rows, from all real ones, and from both", () => {
    expect(rowsOf(3, 50_000)).toEqual([4000, 4000, 5000, 9000, 5000]);
    expect(rowsOf(3, 4500)).toEqual([4000, 4000, 4500, 8500, 4500]);
  });

  it("learns from fewer rows of wide tables, but from 2,000 at least, and tests on as many as ever", () => {
    expect(rowsOf(100, 4500)).toEqual([2250, 2250, 2250, 4500, 4500]);
    expect(rowsOf(200, 4500)).toEqual([2000, 2000, 2000, 4000, 4500]);
    expect(rowsOf(200, 900)).toEqual([900, 900, 900, 1800, 900]);
  });
});
