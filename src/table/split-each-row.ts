import { createHash } from "node:crypto";
import type { RandomStream } from "../core/random.js";
import type { Column } from "./column.js";
import { requireShare } from "./require-share.js";
import type { RowSplit } from "./split-rows.js";
import { type Table, takeRows } from "./table.js";
import { writtenTexts } from "./written-texts.js";

/**
 * Sets about a share of the rows aside, each by a draw of its own: of its cells and of how many equal rows stand before it. So one
 * row more or less, wherever it stands, changes the side of no other row, as a promise about single rows needs; an exact share
 * would move many. Both sides keep the table's order. `share` lies strictly between 0 and 1, else E_USAGE_HOLDOUT_SHARE.
 */
export function splitEachRow(table: Table, share: number, random: RandomStream): RowSplit {
  requireShare(share);
  const cells = table.columns.map(cellWriter);
  const seen = new Map<string, number>();
  const [train, holdout]: [number[], number[]] = [[], []];
  for (let row = 0; row < table.rowCount; row++) {
    const written = cells.map((write) => write(row)).join();
    const key = createHash("sha256").update(written).digest("base64");
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    (random.fork(`${before} ${key}`).uniform() < share ? holdout : train).push(row);
  }
  return { train: takeRows(table, train), holdout: takeRows(table, holdout) };
}

/** Cells as texts that tell where they end; equal cells have equal ones. */
function cellWriter(column: Column): (row: number) => string {
  if (!("codes" in column)) return (row) => String(column.values[row]);
  const { codes, dictionary } = writtenTexts(column);
  const quoted = dictionary.map((text) => JSON.stringify(text));
  return (row) => quoted[codes[row]!] ?? "null";
}
