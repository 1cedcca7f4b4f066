import { describe, expect, it } from "vitest";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { orderLevels } from "../../src/schema/order-levels.js";
import { makeTable } from "../../src/table/table.js";
import { textColumn } from "../encode/columns.js";

describe("orderLevels", () => {
  it.each([
    [
      ["High", "low", "Medium"],
      ["low", "Medium", "High"],
    ],
    [
      ["65+", "<18", "18-25", "26-64"],
      ["<18", "18-25", "26-64", "65+"],
    ],
    [
      ["Grade C", "Grade A", "Grade B"],
      ["Grade A", "Grade B", "Grade C"],
    ],
    [
      ["10 stars", "2 stars", "1 star"],
      ["1 star", "2 stars", "10 stars"],
    ],
    [
      ["wed", "mon", "sun"],
      ["mon", "wed", "sun"],
    ],
    [
      ["XL", "S", "M", "L"],
      ["S", "M", "L", "XL"],
    ],
    [
      ["$50,000 - $99,999", "under $50,000", "$100,000 or more"],
      ["under $50,000", "$50,000 - $99,999", "$100,000 or more"],
    ],
  ])("puts %j in order", (levels, ordered) => {
    expect(orderLevels(levels)).toEqual(ordered);
  });

  it.each([[["red", "green", "blue"]], [["low", "high"]], [["A1", "B2", "C3"]], [["Level 1", "Grade 1", "Tier 2"]]])(
    "finds none in %j",
    (levels) => {
      expect(orderLevels(levels)).toBeUndefined();
    },
  );
});

describe("an ordinal column", () => {
  it("lists the levels that at least five rows have, in order", () => {
    const texts = Array.from({ length: 60 }, (_, i) => (i < 4 ? "very high" : ["low", "medium", "high"][i % 3]!));
    const [column] = inferSchema(makeTable([textColumn("risk", texts)])).columns;
    expect(column).toMatchObject({ type: "ordinal", levels: ["low", "medium", "high"] });
  });
});
