import { describe, expect, it } from "vitest";
import { makeCellColumnBuilder } from "../../src/io/cell-column-builder.js";
import { makeTextColumnBuilder } from "../../src/io/text-column-builder.js";
import { inferColumn } from "../../src/table/infer-column.js";

const ROWS = 3000;

/** Distinct texts that are kept. */
const NUMBERS_FROM = 1000;

/** [what the column holds, its cells]; all have more distinct cells than are kept as texts. */
const COLUMNS: [string, (row: number) => string][] = [
  ["whole numbers", (row) => String(row * 7 - 1000)],
  ["decimals of different length", (row) => String(row / 8)],
  ["decimals of a fixed length", (row) => (row / 7).toFixed(2)],
  ["numbers whose later ones have more digits", (row) => (row < 2000 ? (row / 10).toFixed(1) : (row / 7).toFixed(5))],
  ["numbers with missing cells", (row) => (row % 50 === 0 ? "NA" : row % 51 === 0 ? "" : String(row))],
  ["numbers with exponents, blanks and long digits among them", (row) => (row % 100 === 3 ? " 1e-7" : String(row / 3))],
  ["numbers until the last row", (row) => (row === ROWS - 1 ? "none of them" : String(row))],
  ["codes with leading zeros at the end", (row) => (row < 2990 ? String(row + 100_000) : `0${row}`)],
  ["prices that turn out to have a currency", (row) => (row < 2000 ? String(row) : `$${row}`)],
];

describe("makeCellColumnBuilder", () => {
  for (const [what, cellAt] of COLUMNS) {
    it(`types ${what} as if all cells were kept`, () => {
      const cells = makeCellColumnBuilder("a", NUMBERS_FROM);
      const texts = makeTextColumnBuilder("a");
      for (let row = 0; row < ROWS; row++) {
        cells.set(row, cellAt(row), row + 1);
        texts.set(row, cellAt(row), row + 1);
      }
      const { column, notices } = cells.finish(undefined).infer({});
      const expected = inferColumn(texts.finish(undefined));
      expect({ ...column, name: "" }).toEqual({ ...expected.column, name: "" });
      expect(notices).toEqual(expected.notices);
    });
  }

  it("keeps slots apart that are given again, as numbers and as texts", () => {
    const cells = makeCellColumnBuilder("a", NUMBERS_FROM);
    for (let row = 0; row < ROWS; row++) cells.set(row, String(row), row + 1);
    cells.set(3, "NA", 1);
    cells.set(ROWS - 1, "NA", 1);
    cells.set(5, "99999.5", 1);
    const { column } = cells.finish(Uint32Array.of(2, 3, 5, ROWS - 2, ROWS - 1)).infer({});
    expect(column).toMatchObject({ values: Float64Array.of(2, Number.NaN, 99_999.5, ROWS - 2, Number.NaN) });
  });
});
