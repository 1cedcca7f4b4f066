import { describe, expect, it } from "vitest";
import { splitTrain } from "../../src/evaluate/split-train.js";
import { people, scored, stream } from "./planted.js";

const train = people(301, "train");

function incomes(values: ReturnType<typeof scored>["train"]["columns"][number]): number[] {
  return values.kind === "number" ? [...values.values] : [];
}

describe("splitTrain", () => {
  it("gives every training row to one of two halves", () => {
    const tables = scored(train, train);
    const { left, right } = splitTrain(tables, stream("halves"))!;
    expect([left.rowCount, right.rowCount]).toEqual([151, 150]);
    const both = [...incomes(left.columns[1]!), ...incomes(right.columns[1]!)].sort();
    expect(both).toEqual(incomes(tables.train.columns[1]!).sort());
  });

  it("keeps rows whole", () => {
    const tables = scored(train, train);
    const { left } = splitTrain(tables, stream("halves"))!;
    const rowsOf = (table: typeof left) =>
      Array.from({ length: table.rowCount }, (_, row) =>
        table.columns.map((column) => (column.kind === "number" ? column.values[row] : column.codes[row])).join(),
      );
    const known = new Set(rowsOf(tables.train));
    for (const row of rowsOf(left)) expect(known.has(row)).toBe(true);
  });

  it("draws the same halves from the same stream, others from another", () => {
    const tables = scored(train, train);
    const draw = (label: string) => splitTrain(tables, stream(label));
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  it("splits nothing where rows were held out or training has fewer than 100 rows", () => {
    expect(splitTrain(scored(train, train, train), stream("halves"))).toBeUndefined();
    const few = people(99, "few");
    expect(splitTrain(scored(few, few), stream("halves"))).toBeUndefined();
  });
});
