import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { evaluateTables } from "../../src/evaluate/evaluate.js";
import { scoreConstraints } from "../../src/evaluate/score-constraints.js";
import { renderReport } from "../../src/report/render-report.js";
import type { Constraint } from "../../src/schema/constraint-schema.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { makeTable } from "../../src/table/table.js";
import { numberColumn, textColumn } from "../encode/columns.js";

const constraints: Constraint[] = [
  { kind: "inequality", columns: ["low", "high"] },
  { kind: "fixedCombinations", columns: ["city", "state"] },
];
const train = makeTable([
  numberColumn("low", [1.5, 2, 3, 4], 1),
  numberColumn("high", [2.5, 2, 5, null], 1),
  textColumn("city", ["Vienna", "Graz", "Vienna", "Berlin"]),
  textColumn("state", ["AT", "AT", "AT", "DE"]),
]);
const synthetic = makeTable([
  numberColumn("low", [1.5, 9, 3, 4], 1),
  numberColumn("high", [2.5, 2, 5, 4], 1),
  textColumn("city", ["Vienna", "Graz", "Vienna", "Berlin"]),
  textColumn("state", ["AT", "DE", "DE", "DE"]),
]);
const overrides = { low: "decimal", high: "decimal", city: "category", state: "category" } as const;
const schema = { ...inferSchema(train, { overrides }), constraints };

describe("how far constraints hold", () => {
  it("is the share of the rows they speak of, combinations being those of the training table", () => {
    expect(scoreConstraints(train, synthetic, schema)).toMatchObject([
      { name: "low <= high", kind: "inequality", synthetic: { value: 0.75, n: 4 }, real: { value: 1, n: 3 } },
      { kind: "fixedCombinations", synthetic: { value: 0.5, n: 4 }, real: { value: 1, n: 4 } },
    ]);
  });

  it("is absent where a schema has none", () => {
    expect(scoreConstraints(train, synthetic, inferSchema(train))).toBeUndefined();
  });

  it("is unavailable where no row has the columns' values", () => {
    const empty = makeTable(
      synthetic.columns.map((column) =>
        "values" in column ? { ...column, values: column.values.map(() => Number.NaN) } : column,
      ),
    );
    expect(scoreConstraints(train, empty, schema)?.[0]?.synthetic).toMatchObject({ status: "unavailable" });
  });

  it("stands in the report and on its page", async () => {
    const repeat = (table: typeof train) =>
      makeTable(
        table.columns.map((column) =>
          "codes" in column
            ? { ...column, codes: Int32Array.from({ length: 80 }, (_, row) => column.codes[row % 4]!) }
            : { ...column, values: Float64Array.from({ length: 80 }, (_, row) => column.values[row % 4]!) },
        ),
      );
    const input = { train: repeat(train), synthetic: repeat(synthetic), schema };
    const report = await evaluateTables(input, { random: makeRandom(1) });
    expect(report.constraints?.map((one) => one.synthetic.n)).toEqual([80, 80]);
    const page = renderReport(report);
    expect(page).toContain("low &lt;= high");
    expect(page).toContain("75.0\u00A0%");
  });
});
