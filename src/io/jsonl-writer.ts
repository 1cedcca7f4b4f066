import type { Column } from "../table/column.js";
import { makeCellFormatter } from "../table/format-cell.js";
import { isPlainStyle } from "../table/number-format.js";
import { spellLevels } from "./spell-levels.js";
import type { TableEncoder } from "./table-encoder.js";
import { makeTextChunker } from "./text-chunker.js";

/** A number as JSON has it. */
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Encodes tables as JSON lines: one object a row with every column, missing values null. Numbers are written with the digits
 * of their column, as texts where the column's form is none of JSON (a sign of money); booleans as true and false where the
 * column spells them so, else as texts; dates as texts.
 */
export function makeJsonlEncoder(columns: readonly Column[]): TableEncoder {
  const keys = columns.map(({ name }, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  const chunker = makeTextChunker("");
  return {
    encode(rows) {
      const formatters = rows.columns.map(makeValueFormatter);
      return chunker.add(rows.rowCount, (row) => {
        let line = "";
        for (let column = 0; column < keys.length; column++) line += keys[column]! + formatters[column]!(row);
        return `${line}}\n`;
      });
    },
    finish: () => chunker.rest(),
  };
}

function makeValueFormatter(column: Column): (row: number) => string {
  if ("codes" in column) {
    const { codes, dictionary } = column;
    const isJson = column.kind === "boolean" && dictionary.join() === "false,true";
    const level = spellLevels(dictionary, (text) => (isJson ? text : JSON.stringify(text)));
    return (row) => (codes[row]! < 0 ? "null" : level(codes[row]!));
  }
  const { values } = column;
  const formatCell = makeCellFormatter({ ...column, missingText: "null" });
  if (column.kind === "number" && isPlainStyle(column.format)) return formatCell;
  return (row) => {
    if (Number.isNaN(values[row]!)) return "null";
    const cell = formatCell(row);
    return column.kind === "number" && JSON_NUMBER.test(cell) ? cell : JSON.stringify(cell);
  };
}
