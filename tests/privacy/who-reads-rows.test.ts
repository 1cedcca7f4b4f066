import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../src/privacy");

/** What of other folders looks at cells, or holds them. */
const READERS =
  /\b(Table|Column|NumberColumn|DateColumn|TextColumn|BooleanColumn|EncodedTable|findColumn|takeRows|takeColumn|columnLength|countMissing|isMissing|encodeTable|encodeColumn|convertColumn|applySchema)\b/;

/** The files that rows go through: the two doors with the ledger before them, and what they read with. */
const DOORS = ["paid-table.ts", "paid-rows.ts", "domains/read-cells.ts", "count-joint.ts", "tally-cells.ts"];

/** Files that name a table or its kinds of columns without reading one; and rows of the mixture, which are nobody's. */
const NAMES_ONLY: Readonly<Record<string, string>> = {
  "learn-privately.ts": "hands the table to makePaidTable",
  "domains/cell-forms.ts": "kinds of storage",
  "private-request.ts": "rows of the mixture",
  "compare-with-release.ts": "synthetic rows",
};

describe("the rows of a private run", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const importing = files.filter((path) =>
    importedNames(readFileSync(join(root, path), "utf8")).some((name) => READERS.test(name)),
  );

  it("are read by the doors with the ledger alone", () => {
    expect(files.length).toBeGreaterThan(20);
    const others = importing.filter((path) => !DOORS.includes(path) && !(path in NAMES_ONLY));
    expect(others.filter((path) => !path.startsWith("mixture/"))).toEqual([]);
    for (const door of ["paid-table.ts", "domains/read-cells.ts", "count-joint.ts"]) expect(importing).toContain(door);
  });

  it("are looked at by no file that only names a table", () => {
    for (const path of importing.filter((path) => path in NAMES_ONLY)) {
      const text = readFileSync(join(root, path), "utf8");
      expect(text).not.toMatch(/\.(values|codes|dictionary)\b/);
    }
  });
});

/** The names that a file imports, types too. */
function importedNames(text: string): string[] {
  return [...text.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}/g)].flatMap(([, names]) => names!.split(","));
}
