import { describe, expect, it } from "vitest";
import { inferColumn } from "../../src/table/infer-column.js";

function infer(cells: readonly string[], missing?: readonly string[]) {
  const dictionary = [...new Set(cells)];
  const codes = Int32Array.from(cells, (cell) => dictionary.indexOf(cell));
  return inferColumn({ name: "c", codes, dictionary }, { missing });
}

describe("inferColumn", () => {
  it("finds numbers, their decimals and the zeros they are padded with", () => {
    expect(infer(["1", "-2.50", "3e2"]).column).toMatchObject({ kind: "number", format: { decimals: 2 } });
    const padded = infer(["163.0", "71.25"]).column;
    expect(padded).toMatchObject({ kind: "number", format: { decimals: 2, minDecimals: 1 } });
    expect(infer([" 1", "2 "]).column).toMatchObject({ kind: "number", values: Float64Array.of(1, 2) });
  });

  it("keeps as text what would not come back as a number", () => {
    for (const odd of [
      "007",
      "+5",
      "1,00,0",
      "$",
      "9007199254740993",
      "1e999",
      "0x10",
      "Infinity",
      "1 2",
      ".",
      "1_0",
    ]) {
      expect(infer(["x", odd]).column.kind, odd).toBe("text");
      expect(infer(["1", "2", `${odd} `.trim()]).column.kind, odd).toBe(odd === "." ? "number" : "text");
    }
  });

  it("keeps 0 and 1 as numbers and finds exactly two boolean spellings", () => {
    expect(infer(["0", "1"]).column.kind).toBe("number");
    expect(infer(["yes", "no", "yes"]).column).toMatchObject({ kind: "boolean", dictionary: ["no", "yes"] });
    expect(infer(["True", "False", ""]).column).toMatchObject({ kind: "boolean", codes: Int32Array.of(1, 0, -1) });
    expect(infer(["yes", "no", "maybe"]).column.kind).toBe("text");
    expect(infer(["yes", "No"]).column.kind).toBe("text");
    expect(infer(["true", "true"]).column.kind).toBe("text");
  });

  it("sets missing spellings aside and keeps the one used most", () => {
    const { column, notices } = infer(["?", "a", "?", "", "b"]);
    expect(column).toMatchObject({ kind: "text", missingText: "?", codes: Int32Array.of(-1, 0, -1, -1, 1) });
    expect(notices).toEqual([
      {
        kind: "notice",
        code: "N_MISSING_SPELLING",
        column: "c",
        message: 'column "c": "?" (2 cells) counted as missing',
      },
    ]);
  });

  it("takes None and - as missing among numbers and dates, as categories elsewhere", () => {
    expect(infer(["None", "Minor", "None"]).column).toMatchObject({ kind: "text", dictionary: ["None", "Minor"] });
    expect(infer(["None", "-"]).column).toMatchObject({ kind: "text", dictionary: ["None", "-"] });
    expect(infer(["None", "1", "-"]).column).toMatchObject({ kind: "number", missingText: "None" });
    expect(infer(["2020-01-31", "-"]).column).toMatchObject({ kind: "date", missingText: "-" });
  });

  it("takes the caller's spellings in place of its own; blank cells are missing anyway", () => {
    expect(infer(["-999", "1", " "], ["-999"]).column).toMatchObject({ kind: "number", missingText: "-999" });
    expect(infer(["NA", "DE", ""], []).column).toMatchObject({ dictionary: ["NA", "DE"] });
  });

  it("makes an empty text column of nothing but missing values, and says so", () => {
    const { column, notices } = infer(["", "", "NA"]);
    expect(column).toMatchObject({ kind: "text", dictionary: [], codes: Int32Array.of(-1, -1, -1), missingText: "" });
    expect(notices.map((notice) => notice.code)).toEqual(["N_MISSING_SPELLING", "N_ALL_MISSING"]);
  });

  it("decides day and month by the column as a whole, and says when it cannot", () => {
    expect(infer(["01/02/2020", "25/12/2020"]).column).toMatchObject({ format: "DD/MM/YYYY" });
    expect(infer(["01/02/2020", "12/25/2020"]).column).toMatchObject({ format: "MM/DD/YYYY" });
    expect(infer(["25/12/2020", "12/25/2020"]).column.kind).toBe("text");
    const both = infer(["01/02/2020", "03/04/2020"]);
    expect(both.column).toMatchObject({ format: "MM/DD/YYYY" });
    expect(both.notices.map((notice) => notice.code)).toEqual(["N_DATE_ORDER"]);
  });

  it("refuses days that do not exist", () => {
    expect(infer(["2020-02-29", "2020-02-28"]).column.kind).toBe("date");
    expect(infer(["2021-02-29", "2020-02-28"]).column.kind).toBe("text");
    expect(infer(["2020-02-30", "2020-02-28"]).column.kind).toBe("text");
  });

  it("takes eight digits for dates only where all of several are", () => {
    expect(infer(["20200131", "19991231", "20240229"]).column).toMatchObject({ kind: "date", format: "YYYYMMDD" });
    expect(infer(["20200131", "19991231", "20240230"]).column.kind).toBe("number");
    expect(infer(["20200131"]).column.kind).toBe("number");
  });

  it("points at the row that makes a column of numbers a text, without its value", () => {
    const { column, notices } = infer([...Array.from({ length: 40 }, (_, index) => String(index)), "oops"]);
    expect(column.kind).toBe("text");
    expect(notices).toMatchObject([{ code: "N_MOSTLY_NUMBERS" }]);
    expect(notices[0]!.message).toContain("not row 41");
    expect(notices[0]!.message).not.toContain("oops");
  });
});
