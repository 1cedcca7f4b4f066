import { describe, expect, it } from "vitest";
import { CELL_FORMS, formOfCell } from "../../../src/privacy/domains/cell-forms.js";

const form = (text: string | undefined) => CELL_FORMS[formOfCell("text", text)];

describe("the form of a cell", () => {
  it("is told by the cell alone", () => {
    expect(form(undefined)).toEqual({ kind: "missing" });
    expect(form("12")).toEqual({ kind: "number", decimals: 0 });
    expect(form("12.50")).toEqual({ kind: "number", decimals: 1 });
    expect(form(" -3.125 ")).toEqual({ kind: "number", decimals: 3 });
    expect(form("0.12345678901234567")).toEqual({ kind: "number", decimals: 12 });
    expect(form("007")).toEqual({ kind: "text" });
    expect(form("$12")).toEqual({ kind: "text" });
    expect(form("20240131")).toEqual({ kind: "compact-date" });
    expect(form("20241331")).toEqual({ kind: "number", decimals: 0 });
    expect(form("Yes")).toEqual({ kind: "boolean", spelling: "Yes" });
    expect(form("03/04/2024")).toEqual({ kind: "date", format: "MM/DD/YYYY", canBeSwapped: true });
    expect(form("25/04/2024")).toEqual({ kind: "date", format: "DD/MM/YYYY", canBeSwapped: false });
    expect(form("2024-01-31 10:15:00.250")).toMatchObject({ kind: "date", format: "YYYY-MM-DD HH:mm:ss.SSS" });
    expect(form("Jan 5, 2024")).toMatchObject({ kind: "date", format: "MMM D, YYYY" });
    expect(form("2024-02-30")).toEqual({ kind: "text" });
  });

  it("of a stored date is its smallest unit", () => {
    const stored = (value: number) => CELL_FORMS[formOfCell("date", value)];
    expect(stored(Date.UTC(2024, 0, 31))).toEqual({ kind: "stored-date", unit: 86_400_000, isFirstDay: false });
    expect(stored(Date.UTC(2024, 0, 31, 10, 15))).toMatchObject({ unit: 1000 });
    expect(stored(3_600_001)).toEqual({ kind: "stored-date", unit: 1, isFirstDay: true });
  });
});
