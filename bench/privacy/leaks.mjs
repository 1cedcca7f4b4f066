import { makeTable, takeRows } from "../../dist/index.js";
import { joinRows } from "../../dist/table/join-rows.js";

/**
 * Tables that leak, made of training rows and of rows that have nothing to do with them. Each takes (train, independent,
 * random) and gives a synthetic table of as many rows.
 */
export const LEAKS = {
  none: (_, independent) => independent,
  "1 % copied": (train, independent, random) => mixRows(train, independent, 0.01, random),
  "5 % copied": (train, independent, random) => mixRows(train, independent, 0.05, random),
  "100 % copied": (train) => train,
  "copies, numbers moved by 1 % of their spread": (train, _, random) => moveNumbers(train, 0.01, random),
  "20 % copied but for two columns": (train, independent, random) =>
    mixRows(replaceColumns(train, independent, 2, random), independent, 0.2, random),
  "training rows drawn with replacement": (train, _, random) =>
    takeRows(
      train,
      Uint32Array.from({ length: train.rowCount }, () => random.integer(train.rowCount)),
    ),
};

/** A share of the rows of one table, the rest of another. */
function mixRows(some, others, share, random) {
  const count = Math.round(share * others.rowCount);
  const chosen = random.permutation(some.rowCount).slice(0, count);
  const rest = random.permutation(others.rowCount).slice(count);
  return joinRows([takeRows(some, chosen), takeRows(others, rest)]);
}

function moveNumbers(table, share, random) {
  return makeTable(
    table.columns.map((column) => {
      if (column.kind !== "number") return column;
      const known = column.values.filter((value) => !Number.isNaN(value)).sort();
      const spread = known[Math.floor(0.95 * known.length)] - known[Math.floor(0.05 * known.length)];
      const step = column.format.decimals === 0 ? 1 : 0;
      const moved = (value) => value + share * spread * random.normal();
      return { ...column, values: column.values.map((value) => (step > 0 ? Math.round(moved(value)) : moved(value))) };
    }),
  );
}

/** Cells of other rows in some columns, drawn anew. */
function replaceColumns(table, others, count, random) {
  const replaced = random.permutation(table.columns.length).slice(0, count);
  const rows = random.permutation(others.rowCount).slice(0, table.rowCount);
  const cells = takeRows(others, rows);
  return makeTable(table.columns.map((column, at) => (replaced.includes(at) ? cells.columns[at] : column)));
}
