import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NumberColumn, NumberStyle } from "../../src/table/column.js";
import { detectNumberStyle } from "../../src/table/detect-number-style.js";
import { makeCellFormatter } from "../../src/table/format-cell.js";
import { inferColumn } from "../../src/table/infer-column.js";
import { formatNumber, parseNumber } from "../../src/table/number-format.js";

const STYLES: readonly NumberStyle[] = [
  { prefix: "$", thousands: "," },
  { suffix: " €", thousands: ".", decimalMark: "," },
  { suffix: "%" },
  { prefix: "EUR ", thousands: "'" },
  { thousands: "\u202f", decimalMark: ",", suffix: "\u00a0%" },
  { prefix: "$", thousands: ",", negative: "parentheses" },
  { prefix: "£", negative: "after-prefix" },
  { decimalMark: "," },
];

function infer(texts: readonly string[], decimalMark?: "," | ".") {
  const dictionary = [...new Set(texts)];
  const codes = Int32Array.from(texts, (text) => dictionary.indexOf(text));
  return inferColumn({ name: "x", codes, dictionary }, { decimalMark });
}

function rewrite(texts: readonly string[]): string[] {
  const { column } = infer(texts);
  return texts.map((_, row) => makeCellFormatter(column)(row));
}

describe("styled numbers", () => {
  it("are read back as they are written, in every style", () => {
    fc.assert(
      fc.property(fc.constantFrom(...STYLES), fc.integer({ min: -1e9, max: 1e9 }), (style, cents) => {
        const text = formatNumber(cents / 100, { ...style, decimals: 2, minDecimals: 2 });
        expect(parseNumber(text, style)).toBe(cents === 0 ? 0 : cents / 100);
      }),
    );
  });

  it.each([
    [
      ["$1,234.50", "-$7.00", "$0.99"],
      [1234.5, -7, 0.99],
    ],
    [
      ["(1,234.50)", "2.00"],
      [-1234.5, 2],
    ],
    [
      ["$-3.10", "$4.20"],
      [-3.1, 4.2],
    ],
    [
      ["12,5 %", "-0,5 %"],
      [12.5, -0.5],
    ],
    [
      ["1.234.567", "890"],
      [1234567, 890],
    ],
    [
      ["1 234,5", "2,0"],
      [1234.5, 2],
    ],
    [
      ["1'234.5", "2.0"],
      [1234.5, 2],
    ],
    [
      ["USD 5", "USD 1,200"],
      [5, 1200],
    ],
    [
      ["0,5", "1,234"],
      [0.5, 1.234],
    ],
    [
      ["1,234", "1,234,567"],
      [1234, 1234567],
    ],
    [
      ["1.234,5", "17,0"],
      [1234.5, 17],
    ],
  ])("of %j are %j, and written back in the same form", (texts, numbers) => {
    const { column } = infer(texts);
    expect(column.kind).toBe("number");
    expect([...(column as NumberColumn).values]).toEqual(numbers);
    expect(rewrite(texts)).toEqual(texts);
  });

  it("are not mixed currencies, unknown units, groups of other sizes or long integers", () => {
    const columns = [
      ["$5", "€5"],
      ["5 apples", "6 apples"],
      ["1,23,456", "5"],
      ["9,007,199,254,740,993", "5"],
      ["$007", "$5"],
      ["(1)", "(2)"],
    ];
    for (const texts of columns) expect(infer(texts).column.kind, texts[0]).toBe("text");
  });
});

describe("a mark before three digits", () => {
  const codes = (texts: readonly string[], mark?: "," | ".") => infer(texts, mark).notices.map(({ code }) => code);

  it("is a decimal point, and a comma groups, which a notice says", () => {
    expect(infer(["1.234", "5.678"]).column).toMatchObject({ format: { decimals: 3 } });
    expect(infer(["1,234", "5,678"]).column).toMatchObject({ format: { decimals: 0, thousands: "," } });
    expect(codes(["1.234", "5.678"])).toEqual(["N_NUMBER_MARK"]);
    expect(codes(["1,234", "5,678"])).toEqual(["N_NUMBER_FORMAT", "N_NUMBER_MARK"]);
  });

  it("is decided by other cells where they prove it", () => {
    expect(codes(["1.234", "0.5"])).toEqual([]);
    expect(codes(["1.234", "1234.5"])).toEqual([]);
    expect(detectNumberStyle(["1,234", "1,5"])).toEqual({ style: { decimalMark: "," }, isAmbiguous: false });
  });

  it("is what the file's other columns prove where its own cells leave it open", () => {
    expect(infer(["1.234", "5.678"], ",").column).toMatchObject({ format: { decimals: 0, thousands: "." } });
    expect(infer(["1,234", "5,678"], ",").column).toMatchObject({ format: { decimals: 3, decimalMark: "," } });
    expect(codes(["1.234", "5.678"], ",")).toEqual(["N_NUMBER_FORMAT"]);
  });
});
