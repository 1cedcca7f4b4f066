import type { Column } from "./column.js";
import { makeTable, type Table } from "./table.js";

/** The rows of several tables of the same columns (names, kinds and formats), one after the other; at least one table. */
export function joinRows(tables: readonly Table[]): Table {
  const [first] = tables;
  if (tables.length === 1 || first === undefined) return first ?? makeTable([]);
  const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0);
  return makeTable(
    first.columns.map((column, index) =>
      joinColumn(
        column,
        tables.map((table) => table.columns[index]!),
        rowCount,
      ),
    ),
  );
}

function joinColumn(first: Column, parts: readonly Column[], rowCount: number): Column {
  if (first.kind === "number" || first.kind === "date") {
    const values = new Float64Array(rowCount);
    let at = 0;
    for (const part of parts) {
      if (!("values" in part)) continue;
      values.set(part.values, at);
      at += part.values.length;
    }
    return { ...first, values };
  }
  const codes = new Int32Array(rowCount);
  const known = new Map<string, number>();
  let at = 0;
  for (const part of parts) {
    if (!("codes" in part)) continue;
    const joined = part.dictionary.map((text) => {
      const code = known.get(text) ?? known.size;
      known.set(text, code);
      return code;
    });
    for (let row = 0; row < part.codes.length; row++)
      codes[at + row] = part.codes[row]! < 0 ? -1 : joined[part.codes[row]!]!;
    at += part.codes.length;
  }
  return first.kind === "boolean" ? { ...first, codes } : { ...first, codes, dictionary: [...known.keys()] };
}
