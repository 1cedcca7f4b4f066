import { closeSync, openSync, writeSync } from "node:fs";

const ROWS_PER_WRITE = 500;

/** Writes a CSV row by row; only a few hundred rows stand in memory. Cells must need no quotes. */
export function writeRows(path, columns, rowCount, makeRow) {
  const file = openSync(path, "w");
  try {
    let lines = [columns.join(",")];
    for (let row = 0; row < rowCount; row++) {
      lines.push(makeRow().join(","));
      if (lines.length < ROWS_PER_WRITE) continue;
      writeSync(file, `${lines.join("\n")}\n`);
      lines = [];
    }
    if (lines.length > 0) writeSync(file, `${lines.join("\n")}\n`);
  } finally {
    closeSync(file);
  }
}
