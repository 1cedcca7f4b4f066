import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { SynthError } from "../../src/core/errors.js";
import type { ProgressEvent } from "../../src/core/progress.js";
import { readTable } from "../../src/io/read-table.js";
import { makeCellFormatter } from "../../src/table/format-cell.js";
import type { Table } from "../../src/table/table.js";

const folder = mkdtempSync(join(tmpdir(), "synth-csv-"));
const SPECTRUM = dirname(createRequire(import.meta.url).resolve("csv-spectrum/package.json"));
const DATA = join(import.meta.dirname, "../../../shared/data");

describe("readTable on the csv-spectrum collection", () => {
  const names = [
    "comma_in_quotes",
    "empty",
    "empty_crlf",
    "escaped_quotes",
    "json",
    "location_coordinates",
    "newlines",
    "newlines_crlf",
    "quotes_and_newlines",
    "simple",
    "simple_crlf",
    "utf8",
  ];
  for (const name of names) {
    it(`reads ${name} as the collection says`, async () => {
      const table = await readTable(join(SPECTRUM, `csvs/${name}.csv`), { missing: [] });
      const expected = JSON.parse(readFileSync(join(SPECTRUM, `json/${name}.json`), "utf8")) as object | object[];
      // the collection's JSON of location_coordinates is one object, with another phone number than its CSV
      const phone = name === "location_coordinates" ? { "Contact Phone Number": "2095257564" } : {};
      expect(spell(table)).toEqual([expected].flat().map((row) => ({ ...row, ...phone })));
    });
  }
});

describe("readTable on delimited text", () => {
  it("finds each delimiter and line end by itself", async () => {
    for (const delimiter of [",", ";", "\t", "|"]) {
      for (const newline of ["\n", "\r\n", "\r"]) {
        const text =
          ["a b", "x"].join(delimiter) +
          newline +
          ["1,5", "y"].map((cell) => (delimiter === "," ? `"${cell}"` : cell)).join(delimiter) +
          newline;
        expect(spell(await read(text, ".txt"))).toEqual([{ "a b": "1,5", x: "y" }]);
      }
    }
  });

  it("strips a byte order mark and keeps one within the text", async () => {
    const table = await read("\ufeffa,b\n1,x\ufeff\n2,y\n");
    expect(table.columns.map((column) => column.name)).toEqual(["a", "b"]);
    expect(spell(table)[0]).toEqual({ a: "1", b: "x\ufeff" });
  });

  it("keeps multibyte characters whole wherever the pieces of the file end", async () => {
    for (let shift = 0; shift < 4; shift++) {
      const cell = "😀é漢";
      const text = `${"x".repeat(shift)}a,b\n${`${cell},1\n`.repeat(30_000)}`;
      const column = (await read(text)).columns[0]!;
      expect(column.kind === "text" && column.dictionary).toEqual([cell]);
    }
  });

  it("reads quoted cells that are cut by the pieces of the file", async () => {
    const cell = 'he said ""no, never""\r\nand left';
    const text = `a,b\n${`"${cell}",7\n`.repeat(9000)}`;
    const table = await read(text);
    expect(table.rowCount).toBe(9000);
    expect(table.columns[0]).toMatchObject({ dictionary: [cell.replaceAll('""', '"')] });
    expect(table.columns[1]).toMatchObject({ kind: "number" });
  });

  it("skips blank lines, but in one column a blank line is a missing value", async () => {
    expect((await read("\na,b\n\n1,2\n\n\n3,4\n\n")).rowCount).toBe(2);
    const single = (await read("a\n1\n\n3\n")).columns[0]!;
    expect(single.kind === "number" && Array.from(single.values)).toEqual([1, Number.NaN, 3]);
  });

  it("keeps columns named __proto__ and <script>", async () => {
    const table = await read("__proto__,<script>,constructor\n1,2,3\n4,5,6\n");
    expect(table.columns.map((column) => column.name)).toEqual(["__proto__", "<script>", "constructor"]);
    expect(table.columns.map((column) => column.kind === "number" && column.values[1])).toEqual([4, 5, 6]);
  });

  it("tells which spellings were taken as missing, and reports progress to the end", async () => {
    const events: ProgressEvent[] = [];
    await read("a,b\n?,1\nx,2\n?,NA\n", ".csv", (event) => events.push(event));
    const notices = events.filter((event) => event.kind === "notice");
    expect(notices.map(({ code, column }) => [code, column])).toEqual([
      ["N_MISSING_SPELLING", "a"],
      ["N_MISSING_SPELLING", "b"],
    ]);
    const last = events.filter((event) => event.kind === "progress").at(-1)!;
    expect(last.done).toBe(last.total);
  });

  it("stops when it is aborted", async () => {
    const path = join(folder, "abort.csv");
    writeFileSync(path, `a,b\n${"1,2\n".repeat(200_000)}`);
    const controller = new AbortController();
    const reading = readTable(path, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(reading).rejects.toMatchObject({ kind: "interrupted", code: "E_INTERRUPTED" });
  });

  it.skipIf(!existsSync(DATA))(
    "reads adult.csv in less than a second of the processor (skipped: ../shared/data is missing)",
    async () => {
      await readTable(join(DATA, "adult-holdout.csv"));
      const start = performance.now();
      const table = await readTable(join(DATA, "adult.csv"));
      expect(performance.now() - start).toBeLessThan(2000);
      expect(table.rowCount).toBe(32_561);
      expect(table.columns.map((column) => column.kind).join(" ")).toBe(
        "number text number text number text text text text text number number number text text",
      );
      expect(table.columns[1]).toMatchObject({ missingText: "?" });
    },
  );
});

/** [what the file is, its content, the error's code, where it is] */
const BAD: [string, string | Uint8Array, string, string?][] = [
  ["empty", "", "E_DATA_EMPTY_FILE"],
  ["nothing but blank lines", "\n\r\n \n", "E_DATA_EMPTY_FILE"],
  ["nothing but a byte order mark", "\ufeff", "E_DATA_EMPTY_FILE"],
  ["a header only", "a,b\n", "E_DATA_NO_ROWS"],
  ["with a column named twice", "a,b,a\n1,2,3\n", "E_DATA_DUPLICATE_COLUMN", 'column "a"'],
  ["with a blank column name", "a, ,c\n1,2,3\n", "E_DATA_BLANK_COLUMN"],
  ["with ragged rows", "a,b\n1,2\n3\n4,5\n6,7,8\n", "E_DATA_RAGGED_ROW", "row 2"],
  ["cut in the middle of a quote", 'a,b\n1,2\n3,"4', "E_DATA_OPEN_QUOTE", 'column "b", row 2'],
  ["with text after a closing quote", 'a,b\n1,2\n"3"x,4\n', "E_DATA_STRAY_QUOTE", 'column "a", row 2'],
  ["whose header's quote is open", 'a,"b\n1,2\n', "E_DATA_OPEN_QUOTE", "header"],
  ["with a cell of a million characters", `a,b\n1,2\n3,${"x".repeat(1e6)}\n`, "E_DATA_LONG_CELL", 'column "b", row 2'],
  ["with a quote that swallows the rest", `a,b\n1,"2\n${"3,4\n".repeat(1e5)}`, "E_DATA_LONG_CELL", 'column "b", row 1'],
  [
    "of UTF-8 with a damaged byte",
    Buffer.concat([Buffer.from("a,é\n1,"), Buffer.of(0xe9, 10)]),
    "E_DATA_NOT_UTF8",
    "byte 7",
  ],
  ["cut in the middle of a character", Buffer.from("a,b\n1,é").subarray(0, 7), "E_DATA_NOT_UTF8", "byte 6"],
  ["with a byte that no encoding has", Buffer.from([97, 10, 0xc0, 0x81]), "E_DATA_NOT_UTF8", "byte 2"],
];

describe("readTable refuses a file", () => {
  for (const [what, content, code, where] of BAD) {
    it(`${what}: ${code}`, async () => {
      const error = await failure(content);
      expect(error).toMatchObject({ kind: "data", code });
      expect(error.hint).toBeTruthy();
      if (where !== undefined) expect(error.where).toBe(where);
    });
  }

  it("naming the first rows at fault and never a value", async () => {
    const error = await failure(`a,b\n${"secret\n".repeat(9)}`);
    expect(error.message).toBe(
      "the header has 2 columns, but row 1 has 1, row 2 has 1, row 3 has 1, row 4 has 1, row 5 has 1, and more rows",
    );
    expect(`${error.message} ${error.hint} ${error.where}`).not.toContain("secret");
  });

  it("with the offset of a wrong byte far behind the first piece", async () => {
    const good = Buffer.from(`é,b\n${"a,b\n".repeat(50_000)}`);
    expect(await failure(Buffer.concat([good, Buffer.from([0xff])]))).toMatchObject({ where: "byte 200005" });
  });

  it("that is missing, a folder, below a file, or of another format", async () => {
    mkdirSync(join(folder, "folder.csv"), { recursive: true });
    for (const name of ["file", "table.xlsx", "table"]) writeFileSync(join(folder, name), "x");
    const codeOf = (path: string) => readTable(join(folder, path)).catch((error: SynthError) => error.code);
    expect(await codeOf("none.csv")).toBe("E_FILE_NOT_FOUND");
    expect(await codeOf("folder.csv")).toBe("E_FILE_IS_FOLDER");
    expect(await codeOf("file/none.csv")).toBe("E_FILE_FOLDER_MISSING");
    expect(await codeOf("table.xlsx")).toBe("E_FILE_FORMAT");
    expect(await codeOf("table")).toBe("E_FILE_FORMAT");
  });

  it("of an unknown extension, and lists what is supported", async () => {
    writeFileSync(join(folder, "data.xlsx"), "x");
    const error = (await readTable(join(folder, "data.xlsx")).catch((cause: unknown) => cause)) as SynthError;
    expect(error.hint).toBe(
      "supported: .csv .tsv .txt .jsonl .ndjson .arrow .feather .ipc .arrows .parquet, text formats also with .gz; or give --format",
    );
  });
});

async function read(
  text: string | Uint8Array,
  extension = ".csv",
  onProgress?: (event: ProgressEvent) => void,
): Promise<Table> {
  const path = join(folder, `table${extension}`);
  writeFileSync(path, text);
  return readTable(path, { onProgress });
}

async function failure(content: string | Uint8Array): Promise<SynthError> {
  const error = await read(content).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(SynthError);
  return error as SynthError;
}

function spell(table: Table): Record<string, string>[] {
  const formatters = table.columns.map((column) => ({ name: column.name, format: makeCellFormatter(column) }));
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(formatters.map(({ name, format }) => [name, format(row)])),
  );
}
