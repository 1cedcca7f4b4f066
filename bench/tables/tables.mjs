import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeRandom } from "../../dist/core/random.js";
import { amounts } from "./amounts.mjs";
import { million } from "./million.mjs";
import { tiny } from "./tiny.mjs";
import { twoColumns } from "./two-columns.mjs";
import { wide } from "./wide.mjs";
import { writeRows } from "./write-rows.mjs";

/**
 * Tables with known dependencies, by name: `columns`, `rows` of the two parts, a `target` to predict, and
 * `makeRow(plan)`, which settles what depends on what and returns the drawing of one row's cells.
 */
export const MADE_TABLES = { amounts, wide, million, "two-columns": twoColumns, tiny };

/** Writes <name>.csv and <name>-holdout.csv into a folder; the same seed writes the same bytes. Returns both paths. */
export function writeMadeTable(name, folder, seed = 1) {
  const table = MADE_TABLES[name];
  const random = makeRandom(seed).fork(name);
  mkdirSync(folder, { recursive: true });
  const makeRow = table.makeRow(makeRandom(1).fork(name).fork("plan"));
  const parts = Object.entries(table.rows).map(([part, rowCount]) => {
    const path = join(folder, part === "train" ? `${name}.csv` : `${name}-${part}.csv`);
    const stream = random.fork(part);
    writeRows(path, table.columns, rowCount, () => makeRow(stream));
    return [part, path];
  });
  return Object.fromEntries(parts);
}
