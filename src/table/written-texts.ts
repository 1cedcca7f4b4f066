import { type Column, columnLength, isMissing, type TextColumn } from "./column.js";
import { makeCellFormatter } from "./format-cell.js";

/** The column's cells as they are written, dictionary-coded in order of first appearance; missing stays missing. */
export function writtenTexts(column: Column): TextColumn {
  if (column.kind === "text") return column;
  const format = makeCellFormatter(column);
  const lookup = new Map<string, number>();
  const codes = new Int32Array(columnLength(column)).fill(-1);
  for (let row = 0; row < codes.length; row++) {
    if (isMissing(column, row)) continue;
    const text = format(row);
    const code = lookup.get(text) ?? lookup.size;
    if (code === lookup.size) lookup.set(text, code);
    codes[row] = code;
  }
  return { kind: "text", name: column.name, missingText: column.missingText, codes, dictionary: [...lookup.keys()] };
}
