/**
 * Writes a made table and its held-out rows as CSV, row by row:
 *
 *   npm run build && node bench/tables/make.mjs amounts|wide|million|two-columns|tiny [-o folder=out/tables] [--seed 1]
 */
import { parseArgs } from "node:util";
import { MADE_TABLES, writeMadeTable } from "./tables.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { output: { type: "string", short: "o", default: "out/tables" }, seed: { type: "string", default: "1" } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(MADE_TABLES, name));
if (positionals.length === 0 || unknown.length > 0) {
  console.error(`name one table or more of ${Object.keys(MADE_TABLES).join(", ")}`);
  process.exit(2);
}
for (const name of positionals) {
  const { train, holdout } = writeMadeTable(name, values.output, Number(values.seed));
  console.log(`wrote ${train} and ${holdout}`);
}
