import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeRandom } from "../../dist/core/random.js";
import { findColumn, readTable } from "../../dist/index.js";
import { drawModes, MODE_TABLES, scoreModes } from "../tables/modes.mjs";
import { writeRows } from "../tables/write-rows.mjs";

const ROWS = 20_000;

/** Rows that are drawn and scored; modes are counted among the first 2,500, as published. */
export const MODE_ROWS = 10_000;

/** The file of a table of modes, drawn with seed 1 and written once. */
export function writeModes(name, folder) {
  const train = join(folder, `${name}.csv`);
  if (existsSync(train)) return train;
  const rows = drawModes(MODE_TABLES[name], ROWS, makeRandom(1).fork(name)).values();
  writeRows(train, ["x", "y"], ROWS, () => rows.next().value.map((place) => place.toFixed(4)));
  return train;
}

/**
 * Modes and high-quality share of drawn rows. The ceiling is what fresh real rows have; `independent` what rows have whose
 * columns are right one by one and know nothing of each other.
 */
export async function scoreModesAt(name, synthetic) {
  const table = await readTable(synthetic);
  const [x, y] = ["x", "y"].map((column) => findColumn(table, column).values);
  const real = drawModes(MODE_TABLES[name], MODE_ROWS, makeRandom(2).fork(name));
  return {
    ...scoreModes(
      MODE_TABLES[name],
      Array.from(x, (at, row) => [at, y[row]]),
    ),
    ceiling: scoreModes(MODE_TABLES[name], real),
    independent: scoreModes(
      MODE_TABLES[name],
      real.map(([at], row) => [at, real[(row + 1) % MODE_ROWS][1]]),
    ),
  };
}
