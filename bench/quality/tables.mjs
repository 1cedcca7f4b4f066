import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeRandom } from "../../dist/core/random.js";
import { readTable, setAside, takeRows, writeTable } from "../../dist/index.js";
import { MADE_TABLES, writeMadeTable } from "../tables/tables.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Real tables that stand beside a checkout, not in it. */
const DATA = join(root, "../shared/data");

const REAL = { adult: "income", bank: "y", players: undefined };
const CUTS = { "adult-500": 500, "adult-2000": 2000, "adult-5000": 5000 };
/** What is sampled and scored of tables too large to be scored whole. */
const LIMITS = {
  wide: { rows: 10_000, columns: 100, note: "scored on five whole blocks, 100 of 500 columns, 10,000 rows" },
  million: { rows: 50_000, note: "scored on 50,000 rows" },
};

/** Names of all tables that quality can be measured on. */
export const QUALITY_TABLES = [...Object.keys(REAL), "birdstrikes", ...Object.keys(CUTS), ...Object.keys(MADE_TABLES)];

/**
 * The files of a table: { train, holdout, target, rows?, columns?, note? } or { reason } where it cannot be had. A cut is
 * drawn by the seed; split and made tables are the same for every seed. Files are written to `folder` once.
 */
export async function prepareTable(name, seed, folder) {
  mkdirSync(folder, { recursive: true });
  if (name in REAL) return realTable(name);
  if (name in CUTS) return cutTable(name, seed, folder);
  if (name === "birdstrikes") return splitTable(name, folder);
  const limits = LIMITS[name] ?? {};
  const train = join(folder, `${name}.csv`);
  const holdout = join(folder, `${name}-holdout.csv`);
  if (!existsSync(holdout)) writeMadeTable(name, folder);
  return { train, holdout, target: MADE_TABLES[name].target, ...limits };
}

function realTable(name) {
  const [train, holdout] = [join(DATA, `${name}.csv`), join(DATA, `${name}-holdout.csv`)];
  if (!existsSync(holdout))
    return { reason: `${name} stands beside the checkout in ../shared/data, which is not here` };
  return { train, holdout, target: REAL[name] };
}

async function cutTable(name, seed, folder) {
  const whole = realTable("adult");
  if (whole.reason !== undefined) return whole;
  const train = join(folder, `${name}-${seed}.csv`);
  if (!existsSync(train)) {
    const table = await readTable(whole.train);
    const rows = makeRandom(seed).fork(name).permutation(table.rowCount).slice(0, CUTS[name]);
    await writeTable(takeRows(table, rows), train);
  }
  return { ...whole, train };
}

async function splitTable(name, folder) {
  const [train, holdout] = [join(folder, `${name}.csv`), join(folder, `${name}-holdout.csv`)];
  if (!existsSync(holdout)) {
    const parts = setAside(await readTable(join(root, "examples", `${name}.csv`)), { holdoutShare: 0.2, seed: 1 });
    await writeTable(parts.train, train);
    await writeTable(parts.holdout, holdout);
  }
  return { train, holdout, target: undefined };
}
