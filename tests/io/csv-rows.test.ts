import { describe, expect, it } from "vitest";
import { sniffDialect } from "../../src/io/csv-dialect.js";
import { makeCsvRowParser } from "../../src/io/csv-rows.js";
import { makeCsvEncoder } from "../../src/io/csv-writer.js";
import { makeTable, type Table } from "../../src/table/table.js";

describe("makeCsvRowParser", () => {
  it("gives the same rows and no fault wherever a file is cut in two", () => {
    const text = 'a,b\r\n"1 ""x""",2\r\n"3\r\n4" ,5\r\n"",é😀\r\n6,"7"\r\n';
    const whole = makeCsvRowParser(sniffDialect(text)).parse(text, true);
    expect(whole).toEqual({
      rows: [
        ["a", "b"],
        ['1 "x"', "2"],
        ["3\r\n4", "5"],
        ["", "é😀"],
        ["6", "7"],
      ],
    });
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = makeCsvRowParser(sniffDialect(text));
      const first = parser.parse(text.slice(0, cut), false);
      const second = parser.parse(text.slice(cut), true);
      expect([first.fault, second.fault], `cut at ${cut}`).toEqual([undefined, undefined]);
      expect([...first.rows, ...second.rows], `cut at ${cut}`).toEqual(whole.rows);
    }
  });
});

describe("sniffDialect", () => {
  it("prefers the delimiter that rows and header agree on", () => {
    expect(sniffDialect("a;b\n1,5;2,5\n").delimiter).toBe(";");
    expect(sniffDialect("a;b,c\nx,1\ny,2\n").delimiter).toBe(",");
    expect(sniffDialect("a;b;c\n1;2;3\n1;2;3\n1;2\n1;2;3\n").delimiter).toBe(";");
    expect(sniffDialect("title;part\nHello\nWorld\nAgain\n").delimiter).toBe(",");
    expect(sniffDialect("a\n1\n", "\t").delimiter).toBe("\t");
  });
});

describe("makeCsvEncoder", () => {
  it("quotes names for every delimiter, so that its header is never split another way", () => {
    const codes = Int32Array.of(0, 1);
    const table = makeTable([{ kind: "text", name: "a;b", missingText: "", codes, dictionary: ["x;y", 'z;"w"'] }]);
    const text = encode(table).join("");
    expect(text).toBe('"a;b"\nx;y\n"z;""w"""\n');
    expect(sniffDialect(text).delimiter).toBe(",");
  });

  it("comes in chunks of rows", () => {
    const values = new Float64Array(50_000).fill(1.5);
    const table = makeTable([{ kind: "number", name: "n", missingText: "", values, format: { decimals: 1 } }]);
    const chunks = encode(table);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.join("")).toBe(`n\n${"1.5\n".repeat(50_000)}`);
  });
});

function encode(table: Table): (string | Uint8Array)[] {
  const encoder = makeCsvEncoder(table.columns, ",");
  return [...encoder.encode(table), ...encoder.finish()];
}
