import { describe, expect, it } from "vitest";
import { constantSchema, decodeConstant, fitConstant } from "../../src/encode/constant.js";
import type { Column } from "../../src/table/column.js";
import { booleanColumn, dateColumn, numberColumn, textColumn } from "./columns.js";

describe("constants", () => {
  it.each<[string, Column]>([
    ["number", numberColumn("c", [3.5, 3.5, 3.5], 1)],
    ["date", dateColumn("c", ["2020-02-29", "2020-02-29", "2020-02-29"])],
    ["text", textColumn("c", ["only", "only", "only"])],
    ["boolean", booleanColumn("c", [true, true, true])],
    ["wholly missing text", textColumn("c", [null, null, null], "NA")],
    ["wholly missing number", numberColumn("c", [null, null, null])],
    ["wholly missing boolean", booleanColumn("c", [null, null, null])],
  ])("of kind %s decode to as many rows as asked", (_, column) => {
    const encoding = fitConstant(column, 3)!;
    expect(constantSchema.parse(JSON.parse(JSON.stringify(encoding)))).toEqual(encoding);
    expect(decodeConstant(encoding, 3)).toEqual(column);
  });

  it("are not published where they hold in fewer than minCategoryCount rows", () => {
    expect(fitConstant(textColumn("c", ["only", "only", null, null, null]), 3)).toBeUndefined();
  });
});
