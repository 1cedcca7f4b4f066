import { writeFileSync } from "node:fs";
import { inferSchema, readTable } from "../../dist/index.js";
import { formatDate } from "../../dist/table/date-format.js";
import { joinRows } from "../../dist/table/join-rows.js";

const STATISTICS = { missingShare: 0.5, distinctCount: 0, reason: "declared" };

/**
 * Writes the schema of a table as its owner would declare it before looking at the rows: types and formats, and where asked
 * levels and bounds. Here they are read from training and held-out rows together, and taken as public: that is the assumption
 * of the bench, as of the papers it stands beside.
 */
export async function declareSchema({ train, holdout }, kind, path) {
  const people = joinRows([await readTable(train), await readTable(holdout)]);
  const inferred = inferSchema(people);
  const columns = inferred.columns.map((column, at) => ({
    ...column,
    ...STATISTICS,
    missingShare: column.missingShare === 0 ? 0 : STATISTICS.missingShare,
    ...(kind === "declared" && domainOf(people.columns[at], column)),
  }));
  const { constraints: _found, ...schema } = inferred;
  writeFileSync(path, `${JSON.stringify({ ...schema, rowCount: 0, columns }, null, 1)}\n`);
}

function domainOf(column, { type }) {
  if (type === "category" || type === "ordinal") return { levels: levelsOf(column) };
  if (column.kind !== "number" && column.kind !== "date") return {};
  const values = column.values.filter((value) => !Number.isNaN(value)).sort();
  const written = (value) => (column.kind === "date" ? formatDate(value, column.format) : value);
  return { bounds: { min: written(values[0]), max: written(values.at(-1)) } };
}

function levelsOf(column) {
  if ("dictionary" in column) return [...column.dictionary].sort();
  return [...new Set(column.values)]
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b)
    .map(String);
}
